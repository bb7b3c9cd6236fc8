import { register } from 'node:module'

// Before anything of the program is loaded: some of its modules are replaced, see hooks.ts.
register('./hooks.js', import.meta.url)
