import 'reflect-metadata'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { parseArgs } from 'node:util'
import { systemClock } from '../kernel/clock.js'
import { complain, say } from '../local/print.js'
import { createDataSource } from '../platform/db/data-source.js'
import { sqlState } from '../platform/db/sql-errors.js'
import { EmailAddress, Password, ShortText } from '../platform/graphql/index.js'
import { createPlatformAdmin } from '../slices/accounts/index.js'
import { openCommandDatabase } from './database.js'

const USAGE = `npm run admin -- --email <address> --name <name>    makes a platform administrator

The password is asked for, or is the first line of standard input; it is never an argument, which other people of the machine can read.`

const { values } = parseArgs({
  options: {
    email: { type: 'string' },
    name: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

const UNDEFINED_TABLE = '42P01'

const refusals = {
  'email-taken': 'Somebody is registered with this address already. Nothing was changed.',
  'password-too-short': 'The password is too short: it takes 12 characters at least.',
  'password-too-common': 'The password is among the first that anybody would try.',
} as const

/** Exit code 0: the administrator is there; 1: refused, and why is said. */
async function main(): Promise<number> {
  if (values.help || values.email === undefined || values.name === undefined) {
    say(USAGE)
    return values.help ? 0 : 1
  }
  const email = EmailAddress.parseValue(values.email)
  const name = ShortText.parseValue(values.name)
  const password = Password.parseValue(await readPassword())
  const database = await openCommandDatabase(say)
  const dataSource = createDataSource({ url: database.url, poolSize: 1, applicationName: 'tollgate-admin' })
  try {
    await dataSource.initialize()
    const made = await createPlatformAdmin(
      { db: { dataSource }, clock: systemClock },
      { email, name, password },
    )
    if (made.ok) say(`${email} is a platform administrator and can sign in.`)
    else complain(refusals[made.reason])
    return made.ok ? 0 : 1
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy()
    await database.close()
  }
}

/** One line; nothing of it is shown at a terminal. */
async function readPassword(): Promise<string> {
  const terminal = process.stdin.isTTY
  if (terminal) process.stderr.write('Password: ')
  const nowhere = new Writable({
    write(_chunk, _encoding, done) {
      done()
    },
  })
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal })
  try {
    for await (const line of lines) return line
    throw new Error('Standard input had no password.')
  } finally {
    lines.close()
    if (terminal) process.stderr.write('\n')
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    if (sqlState(error) === UNDEFINED_TABLE) complain('The database is empty: npm run migrate first.')
    else complain(error instanceof Error ? error.message : String(error))
    process.exit(1)
  },
)
