import { register } from 'node:module'
import type { MutantName } from '../mutants/mutants.js'

// Before anything of the program is loaded: some of its modules are replaced or changed, see hooks.ts. The mutant is the
// process's first argument; a control run has everything of it but the change.
const [name = '', , use] = process.argv.slice(2)
const { mutants, mutantOf } = await import('../mutants/mutants.js')
const patches = name in mutants && use === 'mutated' ? (mutantOf(name as MutantName).source ?? []) : []
register('./hooks.js', import.meta.url, { data: { patches } })
