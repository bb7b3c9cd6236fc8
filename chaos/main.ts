import 'reflect-metadata'
import { parseArgs } from 'node:util'
import { complain, say } from '../src/local/print.js'
import { compare, comparisonTable } from './compare/compare.js'
import { crashPoints } from './plan/crash-points.js'
import { describePlan, makePlan } from './plan/plan.js'
import { tracks } from './plan/fault-kinds.js'
import { detailLines, resultTable } from './print-result.js'
import { addUp, isClean, type ChaosResult } from './run/result.js'
import { runChaos } from './run/run-chaos.js'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '2' },
    only: { type: 'string' },
    broken: { type: 'boolean', default: false },
    compare: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})

/** With --json only the last line goes to standard output. */
const tell = values.json ? complain : say
const seeds = values.seed.split(',').map(Number)
const minutes = Number(values.minutes)

/** Exit code 1 on any violation, and when it was interrupted: then nothing is known. */
async function main(): Promise<number> {
  const interrupted = stopOnSignals()
  return values.compare ? runComparison(interrupted) : runStorms(interrupted)
}

async function runStorms(interrupted: AbortSignal): Promise<number> {
  const only = wantedFaults()
  const results: ChaosResult[] = []
  if (values.broken) tell('The line to the carrier is broken on purpose: violations must follow.')
  for (const seed of seeds) {
    const plan = makePlan({ seed, minutes, ...(only === undefined ? {} : { only }) })
    tell(`Seed ${seed}`)
    for (const line of describePlan(plan)) tell(line)
    const result = await runChaos({ plan, isBroken: values.broken, interrupted, say: tell })
    if (result === null) return 1
    results.push(result)
  }
  const sum = addUp(results)
  if (sum === null) return 1
  for (const line of [...resultTable(results), ...detailLines(sum)]) tell(line)
  if (values.json) say(JSON.stringify(sum))
  return isClean(sum) ? 0 : 1
}

function wantedFaults(): string[] | undefined {
  const only = values.only?.split(',').map((name) => name.trim())
  const known = [...tracks, 'crash-points', ...crashPoints]
  const strangers = only?.filter((name) => !known.includes(name)) ?? []
  if (strangers.length === 0) return only
  throw new Error(`no such faults: ${strangers.join(', ')}; there are ${known.join(', ')}`)
}

/** Exit code 1 when the program itself does any of what the table is about; the others are expected to. */
async function runComparison(interrupted: AbortSignal): Promise<number> {
  const [seed = 1] = seeds
  const rows = await compare({ seed, minutes, interrupted, say: tell })
  if (rows === null) return 1
  for (const line of comparisonTable(rows)) tell(line)
  if (values.json) say(JSON.stringify({ seed, minutes, senders: rows }))
  const [ours] = rows
  return ours !== undefined && ours.duplicates + ours.unbilled + ours.lost + ours.beyondCredits === 0 ? 0 : 1
}

function stopOnSignals(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      controller.abort()
    })
  }
  return controller.signal
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    complain(error instanceof Error ? (error.stack ?? error.message) : String(error))
    process.exit(1)
  },
)
