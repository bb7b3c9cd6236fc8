import { prepareDatabase } from './database/prepare-database.js'
import { mutantOf, type MutantName } from './mutants/mutants.js'
import { Runner } from './runner.js'

export interface MutantResult {
  mutant: MutantName
  repeats: string
  isCaught: boolean
  /** The seed that shows it, and the check that it breaches. */
  seed: number | null
  breach: string | null
  seedsTried: number
  /** The same scenario of the program as it is breaches nothing. */
  controlHolds: boolean
}

/** Runs seeds of the variant until one shows the harm that is expected of it, then that seed of the program as it is. */
export async function checkMutant(
  serverUrl: string,
  mutant: MutantName,
  options: { from: number; seedsMax: number },
): Promise<MutantResult> {
  const { harm, repeats } = mutantOf(mutant)
  const database = `mutant_${mutant.replaceAll('-', '_')}`
  const runner = await Runner.start(await prepareDatabase(serverUrl, database), mutant)
  let found: { seed: number; breach: string } | null = null
  let seedsTried = 0
  for (; seedsTried < options.seedsMax && found === null; seedsTried += 1) {
    const seed = options.from + seedsTried
    const { violations } = await runner.run(seed)
    const breach = violations.find(({ id }) => harm.includes(id))
    if (breach !== undefined) found = { seed, breach: `${breach.id} ${breach.what}` }
  }
  await runner.end()
  return {
    mutant,
    repeats,
    isCaught: found !== null,
    seed: found?.seed ?? null,
    breach: found?.breach ?? null,
    seedsTried,
    controlHolds: found !== null && (await holdsWithout(serverUrl, mutant, found.seed)),
  }
}

async function holdsWithout(serverUrl: string, mutant: MutantName, seed: number): Promise<boolean> {
  const database = `control_${mutant.replaceAll('-', '_')}`
  const runner = await Runner.start(await prepareDatabase(serverUrl, database), mutant, 'control')
  const { violations } = await runner.run(seed)
  await runner.end()
  return violations.length === 0
}
