import { spawn } from 'node:child_process'
import path from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import { compileProgram } from '../support/command.js'

const root = path.resolve(import.meta.dirname, '..', '..')
const LIMIT = 40

beforeAll(() => {
  compileProgram()
}, 240_000)

test('a carrier that goes away in the middle of a campaign: it pauses, returns by itself, within the sender’s limit, with nothing lost', async () => {
  const { code, output } = await rehearse([
    '--messages',
    '300',
    '--seconds',
    '14',
    '--per-second',
    String(LIMIT),
  ])

  const result = JSON.parse(output.trim().split('\n').at(-1) ?? '') as Record<string, number>
  expect(result).toMatchObject({ lost: 0, duplicates: 0, auditBreaches: 0, pass: true })
  expect(result['pauses']).toBeGreaterThanOrEqual(1)
  expect(result['peakPerSecond']).toBeLessThanOrEqual(LIMIT)
  // What was claimed when it began, ten failures to be sure, and a probe now and then: no storm while it is away either.
  expect(result['callsDuringOutage']).toBeLessThan(150)
  expect(code).toBe(0)
}, 240_000)

/** The same rehearsal as `npm run outage`, of fewer messages and seconds. */
function rehearse(args: readonly string[]): Promise<{ code: number | null; output: string }> {
  const script = path.join(root, 'dist', 'bench', 'outage', 'main.js')
  const child = spawn(process.execPath, ['--enable-source-maps', script, '--json', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((resolve) => {
    child.once('close', (code) => {
      resolve({ code, output })
    })
  })
}
