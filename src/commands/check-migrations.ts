import 'reflect-metadata'
import fs from 'node:fs'
import path from 'node:path'
import { checkoutRoot } from '../local/checkout.js'
import { describeSchema } from '../local/postgres/describe-schema.js'
import { startTemporaryPostgres } from '../local/postgres/temporary-postgres.js'
import { complain, say } from '../local/print.js'
import { migrateDown, migrateUp } from './database.js'

const DIFFERENCES_MAX = 40
const STEPS_MAX = 1_000

/**
 * `npm run migrations:check`: on an empty database the migrations must give the committed schema, each must take
 * itself back without leaving anything, and doing them again must give the same schema. With --write the committed
 * text is written anew.
 */
async function checkMigrations(url: string, snapshotFile: string): Promise<string[]> {
  await migrateUp(url)
  const schema = await describeSchema(url)
  if (process.argv.includes('--write')) fs.writeFileSync(snapshotFile, schema)
  const committed = fs.existsSync(snapshotFile) ? fs.readFileSync(snapshotFile, 'utf8') : ''
  const problems = differences('the committed schema and the migrations', committed, schema)

  await migrateDown(url)
  await migrateUp(url)
  problems.push(
    ...differences('the schema before and after taking the newest back', schema, await describeSchema(url)),
  )

  let steps = 0
  while (steps < STEPS_MAX && (await migrateDown(url))) steps += 1
  const left = (await describeSchema(url))
    .split('\n\n')
    .filter((text) => !/\bmigration(_|\b)/.test(text) && text.trim() !== '')
  if (left.length > 0) problems.push('Left behind after taking all migrations back:', ...left)
  await migrateUp(url)
  problems.push(
    ...differences('the schema before and after taking all back', schema, await describeSchema(url)),
  )
  return problems
}

function differences(what: string, before: string, after: string): string[] {
  if (before === after) return []
  const [old, now] = [before.split('\n'), after.split('\n')]
  const lines = [
    ...old.filter((line) => !now.includes(line)).map((line) => `- ${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
  ]
  return [
    `Different: ${what}.`,
    ...(lines.length > 0 ? lines : ['(only the order)']).slice(0, DIFFERENCES_MAX),
  ]
}

const server = await startTemporaryPostgres('check_migrations')
try {
  const problems = await checkMigrations(
    server.url,
    path.join(checkoutRoot(), 'migrations', 'schema-snapshot.txt'),
  )
  for (const line of problems) complain(line)
  if (problems.length === 0) say('Migrations: up, down and up again; the schema is as committed.')
  else {
    complain('If the new schema is meant: npm run migrations:check -- --write')
    process.exitCode = 1
  }
} finally {
  await server.stop()
}
