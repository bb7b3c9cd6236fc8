import 'reflect-metadata'
import fs from 'node:fs'
import path from 'node:path'
import { printApiSchema } from '../app/graphql-schema.js'
import { checkoutRoot } from '../local/checkout.js'
import { complain, say } from '../local/print.js'

/** `npm run schema:emit` writes schema.graphql; with `--check` it only tells whether the file is up to date. */
const file = path.join(checkoutRoot(), 'schema.graphql')
const wanted = await printApiSchema()
if (!process.argv.includes('--check')) {
  fs.writeFileSync(file, wanted)
  say('Wrote schema.graphql.')
} else if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === wanted) {
  say('schema.graphql is up to date.')
} else {
  complain('schema.graphql is not what the code says. Run `npm run schema:emit` and commit the result.')
  process.exitCode = 1
}
