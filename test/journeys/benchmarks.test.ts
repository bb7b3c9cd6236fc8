import { beforeAll, expect, test } from '@jest/globals'
import { compileProgram, runMeasurement } from '../support/command.js'

// That `npm run bench` works on the tables of today, not how fast anything is: it ends with an error where the carrier's
// record and the ledger's captures differ, or where it cannot remove what the measure before it left.

beforeAll(() => {
  compileProgram()
}, 240_000)

test('the bench takes one measure after the other, each on empty tables', async () => {
  const { code, report } = await runMeasurement<{ results?: { id: string; ratio: number }[] }>('main.js', [
    '--only',
    'P2,P7,P9,P11',
    '--pairs',
    '1',
    '--scale',
    '0.02',
  ])

  expect(report.results).toEqual([
    expect.objectContaining({ id: 'P2', ratio: expect.any(Number) }),
    expect.objectContaining({ id: 'P7', ratio: expect.any(Number) }),
    expect.objectContaining({ id: 'P9', ratio: expect.any(Number) }),
    expect.objectContaining({ id: 'P11', ratio: expect.any(Number) }),
  ])
  expect(code).toBe(0)
}, 240_000)
