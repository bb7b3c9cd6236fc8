import 'reflect-metadata'
import { parseArgs } from 'node:util'
import { complain, say } from '../src/local/print.js'
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
    json: { type: 'boolean', default: false },
  },
})

/** With --json only the last line goes to standard output. */
const tell = values.json ? complain : say

/** Exit code 1 on any violation, and when it was interrupted: then nothing is known. */
async function main(): Promise<number> {
  const interrupted = stopOnSignals()
  const only = values.only?.split(',').map((name) => name.trim())
  const known = [...tracks, 'crash-points']
  const strangers = only?.filter((name) => !known.includes(name)) ?? []
  if (strangers.length > 0)
    throw new Error(`no such faults: ${strangers.join(', ')}; there are ${known.join(', ')}`)
  const results: ChaosResult[] = []
  for (const seed of values.seed.split(',').map(Number)) {
    const plan = makePlan({ seed, minutes: Number(values.minutes), ...(only === undefined ? {} : { only }) })
    tell(`Seed ${seed}`)
    for (const line of describePlan(plan)) tell(line)
    const result = await runChaos({ plan, interrupted, say: tell })
    if (result === null) return 1
    results.push(result)
  }
  const sum = addUp(results)
  if (sum === null) return 1
  for (const line of [...resultTable(results), ...detailLines(sum)]) tell(line)
  if (values.json) say(JSON.stringify(sum))
  return isClean(sum) ? 0 : 1
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
