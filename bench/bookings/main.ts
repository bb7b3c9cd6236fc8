import 'reflect-metadata'
import { parseArgs } from 'node:util'
import { runBookings, type BookingsResult } from './run-bookings.js'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    pairs: { type: 'string', default: '6' },
    seconds: { type: 'string', default: '4' },
  },
})

/** With --json only the last line goes to standard output. */
const say = (line: string): void => {
  ;(values.json ? process.stderr : process.stdout).write(`${line}\n`)
}

const words: Readonly<Record<keyof BookingsResult, string>> = {
  ratio: 'bookings per second, carrier away / there (median)',
  pairs: 'the same of each pair of rounds',
  upPerSecond: 'bookings per second while it is there (median)',
  downPerSecond: 'bookings per second while it is away (median)',
  upP95Ms: 'milliseconds of a booking while it is there (p95)',
  downP95Ms: 'milliseconds of a booking while it is away (p95)',
  booked: 'bookings',
  expected: 'texts that still made sense',
  arrivedOnce: 'of them arrived, once',
  missing: 'missing',
  stale: 'said what was no longer so',
  tooLate: 'came when it had begun',
  duplicates: 'came twice',
  ledgerOff: 'credits off the carrier’s segments',
  auditBreaches: 'audit breaches',
  pass: 'as promised',
}

async function main(): Promise<number> {
  const result = await runBookings({ pairs: Number(values.pairs), seconds: Number(values.seconds), say })
  if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`)
  else
    for (const [name, label] of Object.entries(words))
      say(`${label.padEnd(52)} ${String(result[name as keyof BookingsResult])}`)
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
