import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { SignInDocument } from '../../src/client/generated/graphql.js'
import { request } from '../../src/client/request.js'
import { localAccount } from '../../src/local/carrier/options.js'
import { startLocalCarrier, type LocalCarrier } from '../../src/local/carrier/start-local-carrier.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { compileProgram, runCommand, type RunningCommand } from '../support/command.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

// A database that somebody gives is a real one: nobody may be in it whose password is published, and there must be a way in.

const email = 'first@operator.example'
const password = 'a password of our own'

let database: TestDatabase
let carrier: LocalCarrier
let state: string
let program: RunningCommand

beforeAll(async () => {
  compileProgram()
  database = await createTestDatabase({ poolSize: 2 })
  carrier = await startLocalCarrier({ seed: 7 })
  state = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-admin-'))
  program = runCommand('start', {
    ...{
      TOLLGATE_STATE_DIRECTORY: state,
      DATABASE_URL: database.url,
      MONGODB_URL: '',
      PORT: '0',
      ROLE: 'all',
    },
    ...{ TWILIO_ACCOUNT_SID: localAccount.accountSid, TWILIO_AUTH_TOKEN: localAccount.authToken },
    ...{ TWILIO_FROM: localAccount.from, TWILIO_MESSAGING_SERVICE_SID: '', TWILIO_API_BASE_URL: carrier.url },
    ...{ TWILIO_OAUTH_CLIENT_ID: '', TWILIO_OAUTH_CLIENT_SECRET: '', PUBLIC_BASE_URL: '', HOST: '' },
  })
}, 240_000)

afterAll(async () => {
  program.process.kill('SIGINT')
  await program.ended
  await carrier.stop()
  await database.drop()
  fs.rmSync(state, { recursive: true, force: true })
}, 60_000)

test('a database that is given gets nobody by itself; the command makes an administrator, who can sign in', async () => {
  const [, address] = await program.says(/Tollgate runs at +(\S+)[^]*Ctrl-C stops everything/)
  expect(await people()).toEqual([])
  expect(program.output()).toContain('npm run admin')

  const made = await admin(`${password}\n`)

  expect(made.output()).toContain(`${email} is a platform administrator`)
  expect(await made.ended).toBe(0)
  const signedIn = await request({ address: address ?? '' }, SignInDocument, { email, password })
  expect(signedIn.signIn.__typename).toBe('SignedIn')

  const again = await admin(`${password}\n`)
  expect(await again.ended).toBe(1)
  expect(again.output()).toContain('already')
  expect(await people()).toEqual([{ email, isPlatformAdmin: true }])
}, 180_000)

test.each([
  ['short\n', /12 characters/],
  ['first@operator.example\n', /would try/],
  ['', /no password/],
])(
  'the command refuses the password %j',
  async (input, why) => {
    const refused = await admin(input)

    expect(await refused.ended).toBe(1)
    expect(refused.output()).toMatch(why)
  },
  60_000,
)

async function admin(input: string): Promise<RunningCommand> {
  const command = runCommand(
    'admin',
    { TOLLGATE_STATE_DIRECTORY: state, DATABASE_URL: database.url },
    ['--email', email, '--name', 'The first'],
    input,
  )
  await command.ended
  return command
}

function people(): Promise<{ email: string; isPlatformAdmin: boolean }[]> {
  return readQuery(
    database.db,
    '/* test.people */ select email, is_platform_admin as "isPlatformAdmin" from app_user',
  )
}
