import { beforeAll, expect, test } from '@jest/globals'
import { compileProgram, runMeasurement } from '../support/command.js'

const LIMIT = 40

beforeAll(() => {
  compileProgram()
}, 240_000)

test('a carrier that goes away in the middle of a campaign: it pauses, returns by itself, within the sender’s limit, with nothing lost', async () => {
  // `npm run outage`, of fewer messages and seconds.
  const { code, report } = await runMeasurement<Record<string, number>>('outage/main.js', [
    '--messages',
    '300',
    '--seconds',
    '14',
    '--per-second',
    String(LIMIT),
  ])

  expect(report).toMatchObject({ lost: 0, duplicates: 0, auditBreaches: 0, pass: true })
  expect(report['pauses']).toBeGreaterThanOrEqual(1)
  expect(report['peakPerSecond']).toBeLessThanOrEqual(LIMIT)
  // What was claimed when it began, ten failures to be sure, and a probe now and then: no storm while it is away either.
  expect(report['callsDuringOutage']).toBeLessThan(150)
  expect(code).toBe(0)
}, 240_000)
