import 'reflect-metadata'
import { complain, say } from '../local/print.js'
import { migrateDown, migrateUp, openCommandDatabase, whichDatabase } from './database.js'

/** `npm run migrate`, or `npm run migrate -- --revert` for one step back. */
const database = await openCommandDatabase(say)
say(whichDatabase(database))
try {
  if (process.argv.includes('--revert')) {
    say((await migrateDown(database.url)) ? 'Reverted the newest migration.' : 'Nothing to revert.')
  } else {
    const names = await migrateUp(database.url)
    say(names.length === 0 ? 'The database is up to date.' : `Migrated: ${names.join(', ')}`)
  }
} catch (error) {
  complain(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
} finally {
  await database.close()
}
