import 'reflect-metadata'
import { assert } from '../../src/kernel/assert.js'
import { Cleaner } from '../database/cleaner.js'
import { connect, SharedConnection, type Rewrites } from '../database/shared-connection.js'
import { mutantOf, mutants, type MutantName } from '../mutants/mutants.js'
import type { Mutant } from '../mutants/mutant.js'
import { Inspector } from '../oracle/inspector.js'
import { runSeed, type Stage } from '../run-seed.js'
import { asItIs } from '../world/make-world.js'
import { replaceTimers } from '../world/virtual-timers.js'
import type { ToRunner, FromRunner, HowToRun } from './messages.js'

/** A process that runs seeds on its own database: arguments are the mutant, or `none`, and the database's URL. */
const [name = 'none', url = '', use = 'mutated'] = process.argv.slice(2)
const mutant: Mutant | null = name in mutants ? mutantOf(name as MutantName) : null

const tell = (message: FromRunner): void => {
  process.send?.(message)
}

const client = await connect(url)
const inspectorClient = await connect(url)
const cleanerClient = await connect(url)
if (mutant?.schema !== undefined && use === 'mutated')
  await client.query(`/* simulation.mutate */ ${mutant.schema}`)
const stage: Stage = {
  connection: new SharedConnection(client, rewritesOf(use === 'mutated' ? mutant : null)),
  inspector: await Inspector.on(inspectorClient),
  cleaner: await Cleaner.on(cleanerClient),
  variation: { ...asItIs, ...(use === 'mutated' ? mutant?.variation : {}) },
  ...(mutant?.focus === undefined ? {} : { focus: mutant.focus }),
}
replaceTimers()

process.on('message', (message: ToRunner) => {
  void (message.kind === 'run' ? run(message.seed, message.how) : end())
})
// Nobody is left to run for.
process.on('disconnect', () => process.exit())
tell({ kind: 'ready' })

async function run(seed: number, { verbose, vacuum }: HowToRun): Promise<void> {
  try {
    if (vacuum) await inspectorClient.query('/* simulation.vacuum */ vacuum')
    const { lines, ...result } = await runSeed(seed, stage)
    const isShown = verbose || result.violations.length > 0
    tell({ kind: 'ran', result: { ...result, lines: isShown ? lines : [] } })
  } catch (error) {
    tell({
      kind: 'failed',
      seed,
      problem: error instanceof Error ? (error.stack ?? error.message) : String(error),
    })
  }
}

async function end(): Promise<void> {
  const { rows } = await inspectorClient.query<{ machine: string; from: string; to: string }>(
    '/* simulation.moves */ select machine, from_state as "from", to_state as "to" from simulation_move',
  )
  await client.end()
  await inspectorClient.end()
  await cleanerClient.end()
  tell({ kind: 'ended', moves: rows, statements: stage.connection.statements })
  process.disconnect()
}

function rewritesOf(given: Mutant | null): Rewrites {
  return new Map(
    Object.entries(given?.statements ?? {}).map(([statement, [from, to]]) => [
      statement,
      (sql: string) => {
        assert(sql.includes(from), `${statement} has no longer: ${from}`)
        return sql.replace(from, () => to)
      },
    ]),
  )
}
