import 'reflect-metadata'
import { execFileSync } from 'node:child_process'
import os from 'node:os'
import { parseArgs } from 'node:util'
import { measureConflicts } from './measures/conflicts.js'
import { measureDatabaseCost } from './measures/database-cost.js'
import { measureMemory } from './measures/memory.js'
import { measureAgainstOwnClient, measureAgainstSdk } from './measures/send-rate.js'
import { measureStopDelay } from './measures/stop-delay.js'
import type { BenchOptions, Result } from './support/result.js'
import { openStage, type Stage } from './support/stage.js'

const measures: Readonly<Record<string, (stage: Stage, options: BenchOptions) => Promise<Result[]>>> = {
  P1: measureAgainstOwnClient,
  P2: measureAgainstSdk,
  P7: measureConflicts,
  P9: measureStopDelay,
  P10: measureMemory,
  P11: measureDatabaseCost,
}

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    pairs: { type: 'string', default: '5' },
    scale: { type: 'string', default: '1' },
  },
})

/** With --json only the last line goes to standard output. */
const say = (line: string): void => {
  ;(values.json ? process.stderr : process.stdout).write(`${line}\n`)
}

async function main(): Promise<void> {
  const chosen =
    values.only === undefined ? Object.keys(measures) : values.only.split(',').map((id) => id.trim())
  const unknown = chosen.filter((id) => !(id in measures))
  if (unknown.length > 0)
    throw new Error(`no such figure: ${unknown.join(', ')}; there are ${Object.keys(measures).join(', ')}`)
  const machine = describeMachine()
  say(machine)
  const results: Result[] = []
  const stage = await openStage(say)
  try {
    for (const id of chosen) {
      const measure = measures[id]
      if (measure !== undefined)
        results.push(
          ...(await measure(stage, { pairs: Number(values.pairs), scale: Number(values.scale), say })),
        )
    }
  } finally {
    await stage.close()
  }
  if (values.json)
    process.stdout.write(`${JSON.stringify({ machine, scale: Number(values.scale), results })}\n`)
  else print(results)
}

function describeMachine(): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  const load = os
    .loadavg()
    .map((value) => value.toFixed(1))
    .join(' ')
  return `${String(os.cpus().length)} × ${os.cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.version}, commit ${commit}, load ${load}`
}

function print(results: readonly Result[]): void {
  for (const result of results) {
    const pairs = result.pairs === undefined ? '' : `  pairs ${result.pairs.join(' ')}`
    say(
      `${result.pass ? 'meets ' : 'MISSES'} ${result.id.padEnd(9)} ${String(result.ratio).padStart(8)}  goal ${result.goal}${result.aim === undefined ? '' : `, aim ${result.aim}`}${pairs}`,
    )
    say(`       ${result.what}`)
    say(`       ${JSON.stringify(result.details)}`)
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
