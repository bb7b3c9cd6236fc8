import 'reflect-metadata'
import { execFile } from 'node:child_process'
import path from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { checkoutRoot } from '../local/checkout.js'
import { complain, say } from '../local/print.js'
import { playMainJob, type DemoResult } from './demo/play.js'
import { openStack } from './demo/stack.js'

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })

/** With --json only the last line goes to standard output. */
const tell = (line: string): void => {
  if (values.json) complain(line)
  else say(line)
}

/** Plays the main job in separate processes, with a killed worker and an empty balance on the way. Exit code 1 when it did not end as it must. */
async function main(): Promise<number> {
  const stack = await openStack(tell)
  try {
    tell('Proving the fence of the carrier …')
    await promisify(execFile)(
      process.execPath,
      [path.join(checkoutRoot(), 'dist', 'src', 'commands', 'doctor.js')],
      {
        env: stack.environment,
      },
    )
    const result = await playMainJob(stack, tell)
    if (values.json) say(JSON.stringify(result))
    else print(result)
    return isAsPromised(result) ? 0 : 1
  } catch (error) {
    complain(stack.lastWords())
    throw error
  } finally {
    await stack.close()
  }
}

/** Everybody once, nobody unpaid, nothing lost, and the pause at exactly the last credit. */
function isAsPromised(result: DemoResult): boolean {
  return [
    result.duplicates === 0,
    result.sent === result.reached,
    result.captured + result.available === result.granted,
    result.held === 0,
    result.pausedAt === 3_000,
    result.auditBreaches === 0,
  ].every(Boolean)
}

function print(result: DemoResult): void {
  const rows: [string, string | number][] = [
    ['recipients', result.recipients],
    ['sent', result.sent],
    ['phones reached, by the carrier’s record', result.reached],
    ['duplicates', result.duplicates],
    ['skipped', JSON.stringify(result.skipped)],
    ['refused by the carrier', JSON.stringify(result.failed)],
    ['credits granted', result.granted],
    ['= captured + available', `${String(result.captured)} + ${String(result.available)}`],
    ['credits held', result.held],
    ['paused by itself at', `${String(result.pausedAt)} (${result.pauseReason})`],
    ['workers killed', result.workersKilled],
    ['audit breaches', result.auditBreaches],
    ['messages per second', result.messagesPerSecond],
    ['pause request to last send', `${String(result.pauseToLastSendMs)} ms`],
  ]
  say()
  for (const [name, value] of rows) say(`${name.padEnd(42)} ${String(value)}`)
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    complain(error instanceof Error ? (error.stack ?? error.message) : String(error))
    process.exit(1)
  },
)
