import 'reflect-metadata'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { startTemporaryPostgres } from '../src/local/postgres/temporary-postgres.js'
import { checkMutant, type MutantResult } from './check-mutants.js'
import { coverageOf, type Coverage } from './coverage.js'
import { prepareDatabase } from './database/prepare-database.js'
import { mutantNames, mutantOf, type MutantName } from './mutants/mutants.js'
import { Runner } from './runner.js'
import { runMany } from './run-many.js'
import type { SeedResult } from './run-seed.js'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    /** One seed, with its log. */
    seed: { type: 'string' },
    minutes: { type: 'string' },
    processes: { type: 'string' },
    mutants: { type: 'boolean', default: false },
    only: { type: 'string' },
    /** Seeds of a known-bad variant, to see what it does. */
    as: { type: 'string' },
    json: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
    /** Before each seed, so that rows lie elsewhere: the log must be the same. */
    vacuum: { type: 'boolean', default: false },
  },
})

/** Fewer seeds need not have seen every move. */
const COVERAGE_SEEDS = 2_000
const MUTANT_SEEDS_MAX = 400

/** With --json only the last line goes to standard output. */
const say = (line: string): void => {
  ;(values.json ? process.stderr : process.stdout).write(`${line}\n`)
}

const finish = (isPassed: boolean, line: object): void => {
  if (values.json) process.stdout.write(`${JSON.stringify(line)}\n`)
  if (!isPassed) process.exitCode = 1
}

const variant = mutantNames.find((name) => name === values.as) ?? 'none'
if (values.as !== undefined && variant === 'none') throw new Error(`there is no variant ${values.as}`)

const processes =
  values.processes === undefined ? Math.max(2, availableParallelism()) : whole(values.processes)

async function main(): Promise<void> {
  const server = await startTemporaryPostgres('postgres', {
    autovacuum: 'off',
    synchronous_commit: 'off',
    track_activities: 'off',
    track_counts: 'off',
    update_process_title: 'off',
    unix_socket_directories: process.platform === 'win32' ? '' : '/tmp',
  })
  try {
    await (values.mutants ? runMutants(server.url) : runSeeds(server.url))
  } finally {
    await server.stop()
  }
}

async function runSeeds(serverUrl: string): Promise<void> {
  const single = values.seed === undefined ? null : whole(values.seed)
  const from = single ?? whole(values.from)
  const count = single === null ? whole(values.seeds) : 1
  const runners = await Promise.all(
    Array.from({ length: Math.min(processes, count) }, async (_, index) =>
      Runner.start(await prepareDatabase(serverUrl, `simulation_${String(index)}`), variant),
    ),
  )
  let done = 0
  const result = await runMany(runners, {
    from,
    count,
    minutes: values.minutes === undefined ? null : Number(values.minutes),
    how: { verbose: values.verbose || single !== null, vacuum: values.vacuum },
    onSeed: (seed) => {
      done += 1
      if (seed.lines.length > 0) sayLog(seed)
      if (done % 100 === 0) say(`${String(done)} seeds`)
    },
  })
  const ends = await Promise.all(runners.map((runner) => runner.end()))
  const coverage = coverageOf(ends.flatMap((end) => end.moves))
  const { failed, ...figures } = result
  const mustCover = result.seeds >= COVERAGE_SEEDS
  sayCoverage(coverage)
  say(
    `${String(result.seeds)} seeds, ${String(result.steps)} steps, ${String(result.texts)} texts, ${String(failed.length)} violations in ${(result.elapsedMs / 1_000).toFixed(0)} s; log ${result.logHash.slice(0, 16)}; continue with --from ${String(result.nextSeed)}`,
  )
  finish(failed.length === 0 && !(mustCover && coverage.missing.length > 0), {
    ...figures,
    violations: failed.length,
    coverage,
    failedSeeds: failed.map(({ seed, violations }) => ({ seed, violations })),
  })
}

function sayLog({ seed, lines, violations }: SeedResult): void {
  for (const line of lines) say(line)
  for (const { id, what, rows } of violations) {
    say(`BREACH ${id}: ${what}`)
    for (const row of rows) say(`  ${row}`)
  }
  if (violations.length > 0)
    say(`npm run simulate -- ${variant === 'none' ? '' : `--as ${variant} `}--seed ${String(seed)}`)
}

function sayCoverage(coverage: Coverage): void {
  say(`${String(coverage.seen)} of ${String(coverage.rows)} moves of the transition tables seen`)
  for (const move of coverage.missing) say(`  not seen: ${move}`)
  for (const { move, why } of coverage.unreachable) say(`  made by nothing: ${move} (${why})`)
}

async function runMutants(serverUrl: string): Promise<void> {
  const names =
    values.only === undefined
      ? mutantNames
      : mutantNames.filter((name) => values.only?.split(',').includes(name))
  const waiting = [...names]
  const results: MutantResult[] = []
  await Promise.all(
    Array.from({ length: processes }, async () => {
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
        const result = await checkMutant(serverUrl, name, {
          from: whole(values.from),
          seedsMax: MUTANT_SEEDS_MAX,
        })
        results.push(result)
        sayMutant(name, result)
      }
    }),
  )
  const caught = results.filter((result) => result.isCaught && result.controlHolds).length
  say(`${String(caught)} of ${String(names.length)} known-bad variants caught`)
  finish(caught === names.length && caught > 0, {
    mutants: names.length,
    mutantsCaught: caught,
    perMutant: results,
  })
}

function sayMutant(name: MutantName, result: MutantResult): void {
  const verdict = !result.isCaught ? 'MISSED ' : result.controlHolds ? 'caught ' : 'BLURRED'
  const by = result.isCaught
    ? `by ${result.breach ?? ''}, seed ${String(result.seed)}`
    : `in ${String(result.seedsTried)} seeds`
  say(`  ${verdict} ${name.padEnd(22)} (${result.repeats}) ${by}: ${mutantOf(name).what}`)
}

function whole(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`not a whole number from 1 on: ${text}`)
  return value
}

await main()
