import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { inTransaction, readQuery } from '../../src/platform/db/transaction.js'
import {
  addMember,
  authenticate,
  changePassword,
  createAccount,
  revokeSessions,
  signIn,
  signOut,
  switchAccount,
  linkMember,
} from '../../src/slices/accounts/index.js'
import { hashPassword } from '../../src/slices/accounts/passwords.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { fixedClock, type FixedClock } from '../support/fixed-clock.js'
import {
  makeAccount,
  makeAdmin,
  makeApiKey,
  makeMember,
  newEmail,
  signInAs,
  testPassword,
} from '../support/people.js'

let database: TestDatabase
let deps: { db: TestDatabase['db']; clock: FixedClock }

beforeAll(async () => {
  database = await createTestDatabase()
})

beforeEach(() => {
  deps = { db: database.db, clock: fixedClock() }
})

afterAll(() => database.drop())

test('a right password opens a session that stands for the person in their account', async () => {
  const account = await makeAccount(deps)

  const result = await signIn(deps, {
    email: account.owner.email,
    password: testPassword,
    clientAddress: 'a',
  })

  expect(result).toMatchObject({ ok: true, accountId: account.accountId })
  const who = result.ok ? await authenticate(deps, result.token) : null
  expect(who?.viewer).toMatchObject({
    kind: 'user',
    userId: account.owner.userId,
    accountId: account.accountId,
    role: 'owner',
    isPlatformAdmin: false,
  })
})

test('a wrong password and an unknown address get the same answer', async () => {
  const account = await makeAccount(deps)

  const wrong = await signIn(deps, {
    email: account.owner.email,
    password: 'not it at all',
    clientAddress: 'b',
  })
  const unknown = await signIn(deps, { email: newEmail(), password: 'not it at all', clientAddress: 'b' })

  expect(wrong).toEqual({ ok: false, reason: 'wrong-credentials' })
  expect(unknown).toEqual(wrong)
})

test('after ten attempts even the right password is refused, until the window is over', async () => {
  const account = await makeAccount(deps)
  const attempt = (password: string) =>
    signIn(deps, { email: account.owner.email, password, clientAddress: 'c' })
  for (let count = 0; count < 10; count += 1) await attempt('wrong every time')

  const refused = await attempt(testPassword)
  deps.clock.advance({ minutes: 16 })
  const later = await attempt(testPassword)

  expect(refused).toEqual({ ok: false, reason: 'too-many-attempts' })
  expect(later.ok).toBe(true)
})

test('however many attempts come from elsewhere, they do not lock a person out', async () => {
  const account = await makeAccount(deps)
  const attempt = (password: string, clientAddress: string) =>
    signIn(deps, { email: account.owner.email, password, clientAddress })
  for (let count = 0; count < 60; count += 1) await attempt('a stranger guesses', 'far away')

  const own = await attempt(testPassword, 'at home')

  expect(own.ok).toBe(true)
})

test('one address that tries many people locks none of them out', async () => {
  const accounts = [await makeAccount(deps), await makeAccount(deps), await makeAccount(deps)]
  const attempt = (email: string, password: string, clientAddress: string) =>
    signIn(deps, { email, password, clientAddress })
  for (const { owner } of accounts) {
    for (let count = 0; count < 51; count += 1) {
      await attempt(owner.email, 'a stranger guesses', 'far from all')
    }
  }

  for (const { owner } of accounts) {
    expect(await attempt(owner.email, testPassword, 'home of all')).toMatchObject({ ok: true })
  }
})

test('addresses of one network of IPv6 share their limit, those of another have their own', async () => {
  const account = await makeAccount(deps)
  const attempt = (password: string, clientAddress: string) =>
    signIn(deps, { email: account.owner.email, password, clientAddress })
  for (let count = 1; count <= 10; count += 1)
    await attempt('wrong every time', `2001:db8:0:1::${String(count)}`)

  const neighbour = await attempt(testPassword, '2001:db8:0:1:ffff::1')
  const other = await attempt(testPassword, '2001:db8:0:2::1')

  expect(neighbour).toEqual({ ok: false, reason: 'too-many-attempts' })
  expect(other.ok).toBe(true)
})

test('an address of IPv4 counts as the same over a socket of IPv6', async () => {
  const account = await makeAccount(deps)
  const attempt = (password: string, clientAddress: string) =>
    signIn(deps, { email: account.owner.email, password, clientAddress })
  for (let count = 0; count < 10; count += 1) await attempt('wrong every time', '::ffff:192.0.2.1')

  const same = await attempt(testPassword, '192.0.2.1')
  const other = await attempt(testPassword, '::ffff:192.0.2.2')

  expect(same).toEqual({ ok: false, reason: 'too-many-attempts' })
  expect(other.ok).toBe(true)
})

test('attempts that run at the same time are all counted', async () => {
  const email = newEmail()

  const results = await Promise.all(
    Array.from({ length: 16 }, () =>
      signIn(deps, { email, password: 'guess after guess', clientAddress: 'd' }),
    ),
  )

  const reasons = results.map((result) => (result.ok ? 'ok' : result.reason))
  expect(reasons.filter((reason) => reason === 'wrong-credentials')).toHaveLength(10)
  expect(reasons.filter((reason) => reason === 'too-many-attempts')).toHaveLength(6)
})

test('the database holds no token and no password, only what cannot be turned back', async () => {
  const account = await makeAccount(deps)

  const rows = await readQuery<{ text: string }>(
    database.db,
    '/* test */ select row_to_json(s)::text as text from session s union all select row_to_json(u)::text from app_user u',
  )

  const all = rows.map((row) => row.text).join('\n')
  expect(all).not.toContain(account.owner.token)
  expect(all).not.toContain(account.owner.token.slice(7))
  expect(all).not.toContain(testPassword)
  expect(all).toContain('$argon2id$')
})

test('a session ends after 24 hours, used or not', async () => {
  const account = await makeAccount(deps)

  deps.clock.advance({ hours: 23, minutes: 59 })
  const before = await authenticate(deps, account.owner.token)
  deps.clock.advance({ minutes: 2 })
  const after = await authenticate(deps, account.owner.token)

  expect(before).not.toBeNull()
  expect(after).toBeNull()
})

test('another session secret stands for nobody of before, and API keys outlive it', async () => {
  const account = await makeAccount(deps)
  const key = await makeApiKey(deps, account)
  const rotated = { ...deps, sessionSecret: 'another secret' }

  expect(await authenticate(deps, account.owner.token)).not.toBeNull()
  expect(await authenticate(rotated, account.owner.token)).toBeNull()
  expect(await authenticate(rotated, key)).not.toBeNull()
})

test('signing out ends the session that asks and no other', async () => {
  const account = await makeAccount(deps)
  const other = await signInAs(deps, account.owner.email)
  const who = await authenticate(deps, account.owner.token)
  if (who?.viewer.kind !== 'user') throw new Error('not signed in')

  await signOut(deps, who.viewer)

  expect(await authenticate(deps, account.owner.token)).toBeNull()
  expect(await authenticate(deps, other)).not.toBeNull()
})

test('revoking ends every session of the person', async () => {
  const account = await makeAccount(deps)
  const other = await signInAs(deps, account.owner.email)

  const ended = await revokeSessions(deps, account.owner.userId)

  expect(ended).toBe(2)
  expect(await authenticate(deps, account.owner.token)).toBeNull()
  expect(await authenticate(deps, other)).toBeNull()
})

test('a new password needs the old one and ends all other sessions', async () => {
  const account = await makeAccount(deps)
  const other = await signInAs(deps, account.owner.email)
  const who = await authenticate(deps, account.owner.token)
  if (who?.viewer.kind !== 'user') throw new Error('not signed in')
  const change = { ...who.viewer, newPassword: 'a much better password' }

  const wrong = await changePassword(deps, { ...change, currentPassword: 'not the old one' })
  const weak = await changePassword(deps, { ...change, currentPassword: testPassword, newPassword: 'short' })
  const right = await changePassword(deps, { ...change, currentPassword: testPassword })

  expect(wrong).toEqual({ ok: false, reason: 'wrong-credentials' })
  expect(weak).toEqual({ ok: false, reason: 'password-too-short' })
  expect(right).toEqual({ ok: true })
  expect(await authenticate(deps, account.owner.token)).not.toBeNull()
  expect(await authenticate(deps, other)).toBeNull()
  await expect(signInAs(deps, account.owner.email, 'a much better password')).resolves.toMatch(/^tg_ses_/)
})

test('a sign-in with the old password that overlaps a change of it opens no session', async () => {
  const account = await makeAccount(deps)
  const who = await authenticate(deps, account.owner.token)
  if (who?.viewer.kind !== 'user') throw new Error('not signed in')
  const change = { ...who.viewer, currentPassword: testPassword, newPassword: 'a much better password' }
  const interrupted = { ...deps, db: interruptedDb('accounts.signIn', () => changePassword(deps, change)) }

  const result = await signIn(interrupted, {
    email: account.owner.email,
    password: testPassword,
    clientAddress: 'overlapping',
  })

  expect(result).toEqual({ ok: false, reason: 'wrong-credentials' })
  const [open] = await readQuery<{ sessions: number }>(
    database.db,
    '/* test */ select count(*)::int as sessions from session where user_id = $1 and ended_at is null',
    [account.owner.userId],
  )
  expect(open?.sessions).toBe(1)
})

test('of two changes of a password from the same old one, the second is refused', async () => {
  const account = await makeAccount(deps)
  const who = await authenticate(deps, account.owner.token)
  if (who?.viewer.kind !== 'user') throw new Error('not signed in')
  const change = { ...who.viewer, currentPassword: testPassword }
  const first = () => changePassword(deps, { ...change, newPassword: 'a much better password' })
  const interrupted = { ...deps, db: interruptedDb('accounts.changePassword', first) }

  const second = await changePassword(interrupted, { ...change, newPassword: 'of whoever knew the old one' })

  expect(second).toEqual({ ok: false, reason: 'wrong-credentials' })
  await expect(signInAs(deps, account.owner.email, 'a much better password')).resolves.toMatch(/^tg_ses_/)
})

/** The database of somebody who is overtaken: before their transaction of this name begins, other work runs from end to end. */
function interruptedDb(transaction: string, work: () => Promise<unknown>): TestDatabase['db'] {
  const { dataSource } = database.db
  const overtaken = Object.create(dataSource) as typeof dataSource
  let isDone = false
  overtaken.createQueryRunner = () => {
    const runner = dataSource.createQueryRunner()
    const query = runner.query.bind(runner) as (...given: unknown[]) => Promise<unknown>
    runner.query = (async (...given: unknown[]) => {
      if (!isDone && String(given[0]).startsWith(`/* ${transaction} */ begin`)) {
        isDone = true
        await work()
      }
      return query(...given)
    }) as typeof runner.query
    return runner
  }
  return { dataSource: overtaken }
}

test('whoever found a session open cannot guess its password: after ten attempts no more is looked at', async () => {
  const account = await makeAccount(deps)
  const who = await authenticate(deps, account.owner.token)
  if (who?.viewer.kind !== 'user') throw new Error('not signed in')
  const { userId, sessionId } = who.viewer
  const change = (currentPassword: string, newPassword = 'a much better password') =>
    changePassword(deps, { userId, sessionId, currentPassword, newPassword })
  for (let count = 0; count < 10; count += 1) {
    expect(await change('guess after guess')).toEqual({ ok: false, reason: 'wrong-credentials' })
  }

  const refused = await change(testPassword)
  const signedIn = await signInAs(deps, account.owner.email)
  deps.clock.advance({ minutes: 16 })
  const later = await change(testPassword)

  expect(refused).toEqual({ ok: false, reason: 'too-many-attempts' })
  expect(signedIn).toMatch(/^tg_ses_/)
  expect(later).toEqual({ ok: true })
})

test('a change of the password that succeeds forgets the attempts before it', async () => {
  const account = await makeAccount(deps)
  const who = await authenticate(deps, account.owner.token)
  if (who?.viewer.kind !== 'user') throw new Error('not signed in')
  const { userId, sessionId } = who.viewer
  const change = (currentPassword: string, newPassword: string) =>
    changePassword(deps, { userId, sessionId, currentPassword, newPassword })
  for (let count = 0; count < 9; count += 1) await change('mistyped again', 'a much better password')

  await change(testPassword, 'a much better password')
  for (let count = 0; count < 9; count += 1) await change('mistyped again', testPassword)

  expect(await change('a much better password', testPassword)).toEqual({ ok: true })
})

test('while too many passwords wait to be hashed, no more are taken in', async () => {
  const account = await makeAccount(deps)
  const { accountId, owner } = account
  const who = await authenticate(deps, owner.token)
  if (who?.viewer.kind !== 'user') throw new Error('not signed in')
  const { userId, sessionId } = who.viewer
  const person = { email: newEmail(), name: 'New', password: testPassword }
  const waiting = Array.from({ length: 210 }, () => hashPassword(testPassword))

  const results = await Promise.all([
    changePassword(deps, {
      userId,
      sessionId,
      currentPassword: testPassword,
      newPassword: 'a much better password',
    }),
    addMember(deps, { accountId, role: 'viewer', ...person }),
    createAccount(deps, { name: 'New', owner: person }),
  ])

  for (const result of results) expect(result).toEqual({ ok: false, reason: 'too-many-passwords' })
  await Promise.all(waiting)
  expect(await addMember(deps, { accountId, role: 'viewer', ...person })).toMatchObject({ ok: true })
})

test('anything that is not a token is nobody', async () => {
  const tokens = [
    '',
    'tg_ses_',
    `tg_ses_${'a'.repeat(43)}`,
    `tg_live_aaaaaaaa_${'a'.repeat(43)}`,
    "' or 1=1 --",
    '\u0000',
  ]

  for (const token of tokens) expect(await authenticate(deps, token)).toBeNull()
})

test('a person works in one account at a time and moves only to accounts of their own', async () => {
  const first = await makeAccount(deps)
  const second = await makeAccount(deps)
  const third = await makeAccount(deps)
  const who = await authenticate(deps, first.owner.token)
  if (who?.viewer.kind !== 'user') throw new Error('not signed in')
  const { sessionId, userId } = who.viewer
  await changePassword(deps, {
    userId,
    sessionId,
    currentPassword: testPassword,
    newPassword: 'chosen by myself',
  })
  await linkMember(deps, { accountId: second.accountId, email: first.owner.email, role: 'viewer' })

  const foreign = await switchAccount(deps, { sessionId, accountId: third.accountId })
  const own = await switchAccount(deps, { sessionId, accountId: second.accountId })

  expect(foreign).toEqual({ ok: false, reason: 'not-found' })
  expect(own).toEqual({ ok: true })
  const now = await authenticate(deps, first.owner.token)
  expect(now?.viewer).toMatchObject({ accountId: second.accountId, role: 'viewer' })
})

test('an administrator of the platform stands outside accounts', async () => {
  const admin = await makeAdmin(deps)

  const who = await authenticate(deps, admin.token)

  expect(who?.viewer).toMatchObject({ isPlatformAdmin: true, accountId: null, role: null })
})

test('a person cannot be joined to another account while somebody else knows their password', async () => {
  const account = await makeAccount(deps)
  const other = await makeAccount(deps)
  const member = await makeMember(deps, account.accountId, 'viewer')

  const result = await linkMember(deps, { accountId: other.accountId, email: member.email, role: 'owner' })

  expect(result).toEqual({ ok: false, reason: 'password-not-own' })
})

test('a password hash of another kind cannot be stored', async () => {
  const insert = inTransaction(database.db, { name: 'test' }, (tx) =>
    tx.query(
      `/* test */ insert into app_user (id, email, name, password_hash) values (gen_random_uuid(), 'x@y.z', 'x', 'plain')`,
    ),
  )

  await expect(insert).rejects.toThrow('app_user_password_hash_check')
})
