import 'reflect-metadata'
import { parseArgs } from 'node:util'
import { runOutage, type OutageResult } from './run-outage.js'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    messages: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '300' },
    'per-second': { type: 'string', default: '100' },
    workers: { type: 'string', default: '2' },
  },
})

/** With --json only the last line goes to standard output. */
const say = (line: string): void => {
  ;(values.json ? process.stderr : process.stdout).write(`${line}\n`)
}

const words: Readonly<Record<keyof OutageResult, string>> = {
  waiting: 'messages waiting when the carrier went away',
  outageSeconds: 'seconds that it was away',
  callsDuringOutage: 'calls that tried it meanwhile',
  pauses: 'times the campaign paused for it',
  returnSeconds: 'seconds from its return to the first text',
  peakPerSecond: 'most segments in any second after the return',
  limitPerSecond: 'limit of the sender in segments per second',
  drainSeconds: 'seconds until all that waited was settled',
  lost: 'lost',
  duplicates: 'duplicates',
  auditBreaches: 'audit breaches',
  pass: 'as promised',
}

async function main(): Promise<number> {
  const result = await runOutage({
    messages: Number(values.messages),
    outageSeconds: Number(values.seconds),
    limitPerSecond: Number(values['per-second']),
    workers: Number(values.workers),
    say,
  })
  if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`)
  else
    for (const [name, label] of Object.entries(words))
      say(`${label.padEnd(48)} ${String(result[name as keyof OutageResult])}`)
  return result.pass ? 0 : 1
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exitCode = 1
  },
)
