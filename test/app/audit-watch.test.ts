import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { invariants } from '../../src/app/audit/invariants.js'
import { lookOnce } from '../../src/app/audit/look.js'
import type { Db } from '../../src/platform/db/data-source.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { compileProgram, runCommand, type RunningCommand } from '../support/command.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { eventually } from '../support/eventually.js'
import { onServer } from '../support/server-connection.js'
import { corruptions } from './corruptions.js'
import { aHealthyDatabase } from './healthy-database.js'

// `npm run audit -- --watch` as somebody runs it: a process of its own, on a database that others change meanwhile.

let healthy: TestDatabase
let copy: TestDatabase
let watching: RunningCommand

beforeAll(async () => {
  compileProgram()
  healthy = await aHealthyDatabase()
  await healthy.db.dataSource.destroy()
}, 180_000)
afterAll(() => healthy.drop())
afterEach(async () => {
  watching.process.kill('SIGKILL')
  await watching.ended
  await copy.drop()
})

async function watch(...args: string[]): Promise<RunningCommand> {
  copy = await createTestDatabase({ template: healthy.name, poolSize: 2 })
  watching = runWatch(copy, args)
  return watching
}

const runWatch = ({ url }: TestDatabase, args: readonly string[]): RunningCommand =>
  runCommand('audit', { DATABASE_URL: url }, ['--watch', '--every-seconds', '0.2', ...args])

const EVERYTHING = `${String(invariants.length)} invariants over everything`
const CLEAN = /; 0 breaches that nobody has answered for/g
const [duplicate] = corruptions.filter(({ invariant }) => invariant === 'I7')

/** Somebody was texted twice, and the account works on. */
async function plantDuplicate(): Promise<string> {
  await onServer(copy.url, `set session_replication_role = replica; ${duplicate!.sql}`)
  const [account] = await readQuery<{ id: string }>(
    copy.db,
    '/* test */ select account_id as id from campaign limit 1',
  )
  await readQuery(
    copy.db,
    `/* test.hasNews */ with f as (update account_feed set last_seq = last_seq + 1 where account_id = $1 returning last_seq)
     insert into account_event (account_id, seq, topic, message_ids, payload)
     select $1, last_seq, 'messages', (select array_agg(id) from message where account_id = $1), '{}' from f`,
    [account!.id],
  )
  return account!.id
}

const stoppedIn = async (db: Db): Promise<string[]> => {
  const rows = await readQuery<{ account_id: string }>(
    db,
    '/* test */ select account_id from account_control where sending_stopped_reason is not null',
  )
  return rows.map((row) => row.account_id)
}

/** No connection of the program is left, so nothing of it still works in the database. */
const nobodyIsConnected = (): Promise<unknown> =>
  eventually(async () => {
    const [row] = await readQuery<{ n: number }>(
      copy.db,
      `/* test */ select count(*)::int as n from pg_stat_activity where datname = current_database() and application_name = 'tollgate-audit'`,
    )
    return row!.n === 0
  })

test('it looks on and on, reports a breach that comes while it runs, stops the account, and ends with 1', async () => {
  const audit = await watch()
  await eventually(() => (audit.output().match(CLEAN) ?? []).length >= 2, { what: 'two clean looks' })

  const accountId = await plantDuplicate()

  await audit.says(`BROKEN I7   account ${accountId}: message `)
  await audit.says(new RegExp(`account ${accountId} stops sending \\(audit: I7\\)`))
  await audit.says(/; 1 breaches that nobody has answered for\n[^]*; 1 breaches/)
  expect(await stoppedIn(copy.db)).toEqual([accountId])
  audit.process.kill('SIGTERM')
  expect(await audit.ended).toBe(1)
  expect(audit.output().match(/BROKEN/g)).toHaveLength(1)
  await nobodyIsConnected()
}, 60_000)

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s ends it with 0 when there was nothing to report, and quietly',
  async (signal) => {
    const audit = await watch()
    // More looks than Node lets listeners pile up without complaint.
    await eventually(() => (audit.output().match(CLEAN) ?? []).length >= 13, {
      what: 'many looks',
      timeoutMs: 30_000,
    })

    audit.process.kill(signal)

    expect(await audit.ended).toBe(0)
    expect(audit.output()).toMatch(new RegExp(`^Database: \\S+\n${EVERYTHING}`))
    expect(audit.output()).not.toMatch(/warning|error|another process/i)
    expect(await stoppedIn(copy.db)).toEqual([])
    await nobodyIsConnected()
  },
  60_000,
)

test('with --json each look is one line, its breaches among it', async () => {
  const audit = await watch('--json')
  await audit.says(/"kind":"news"/)
  const accountId = await plantDuplicate()
  await audit.says(/"stopped":\[\{/)
  audit.process.kill('SIGINT')
  expect(await audit.ended).toBe(1)

  const looks = audit
    .output()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string; added: unknown[]; stopped: unknown[] })

  expect(looks[0]).toMatchObject({ kind: 'full', added: [], open: 0 })
  expect(looks.slice(1).every(({ kind }) => kind === 'news')).toBe(true)
  expect(looks.flatMap(({ added }) => added)).toMatchObject([{ invariant: 'I7', accountId, stops: true }])
  expect(looks.flatMap(({ stopped }) => stopped)).toEqual([{ accountId, reason: 'audit: I7' }])
}, 60_000)

test('while a worker looks it waits its turn, and then begins with everything', async () => {
  copy = await createTestDatabase({ template: healthy.name, poolSize: 2 })
  await lookOnce(copy.db, 'news', async () => {
    watching = runWatch(copy, [])
    await watching.says(/another process is looking\n[^]*another process/)
    expect(watching.output()).not.toContain('breaches')
  })

  await watching.says(EVERYTHING)
  watching.process.kill('SIGTERM')
  expect(await watching.ended).toBe(0)
}, 60_000)

test('it ends with 2 when it cannot look: no such pause, no such database', async () => {
  copy = await createTestDatabase({ template: healthy.name, poolSize: 1 })
  for (const pause of ['soon', '0', '-1', '']) {
    watching = runCommand('audit', { DATABASE_URL: copy.url }, ['--watch', `--every-seconds=${pause}`])
    expect(await watching.ended).toBe(2)
    expect(watching.output()).toContain('--every-seconds takes a number')
  }
  watching = runCommand('audit', { DATABASE_URL: `${copy.url}_gone` }, ['--watch'])
  expect(await watching.ended).toBe(2)
  expect(watching.output()).toContain('does not exist')
}, 60_000)
