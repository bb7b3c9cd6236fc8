import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { inTransaction, readQuery, transactionStatistics } from '../../src/platform/db/transaction.js'
import {
  addMember,
  authenticate,
  changeRole,
  createApiKey,
  listApiKeys,
  listMembers,
  purgeExpired,
  recheckCredentials,
  removeMember,
  revokeApiKey,
} from '../../src/slices/accounts/index.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { fixedClock, type FixedClock } from '../support/fixed-clock.js'
import { makeAccount, makeApiKey, makeMember } from '../support/people.js'

let database: TestDatabase
let deps: { db: TestDatabase['db']; clock: FixedClock }
const firstPage = { limit: 100, after: null }

beforeAll(async () => {
  database = await createTestDatabase()
})

beforeEach(() => {
  deps = { db: database.db, clock: fixedClock() }
})

afterAll(() => database.drop())

test('the last owner can neither step down nor be removed', async () => {
  const { accountId, owner } = await makeAccount(deps)

  const down = await changeRole(deps, { accountId, userId: owner.userId, role: 'viewer' })
  const out = await removeMember(deps, { accountId, userId: owner.userId })

  expect(down).toEqual({ ok: false, reason: 'last-owner' })
  expect(out).toEqual({ ok: false, reason: 'last-owner' })
})

test('two owners who leave at the same time leave one behind', async () => {
  const { accountId, owner } = await makeAccount(deps)
  const second = await makeMember(deps, accountId, 'owner')

  const results = await Promise.all([
    removeMember(deps, { accountId, userId: owner.userId }),
    removeMember(deps, { accountId, userId: second.userId }),
  ])

  expect(results.filter((result) => result.ok)).toHaveLength(1)
  expect(await listMembers(deps, accountId, firstPage)).toHaveLength(1)
})

test('the database itself refuses an account without an owner', async () => {
  const { accountId } = await makeAccount(deps)

  const removal = inTransaction(database.db, { name: 'test' }, (tx) =>
    tx.query('/* test */ delete from membership where account_id = $1', [accountId]),
  )

  await expect(removal).rejects.toThrow('an account keeps at least one owner')
})

test('a change of role counts from the next request on', async () => {
  const { accountId } = await makeAccount(deps)
  const member = await makeMember(deps, accountId, 'viewer')

  await changeRole(deps, { accountId, userId: member.userId, role: 'operator' })

  const who = await authenticate(deps, member.token)
  expect(who?.viewer.role).toBe('operator')
})

test('a removed member has no session in the account any more', async () => {
  const { accountId } = await makeAccount(deps)
  const member = await makeMember(deps, accountId, 'operator')

  await removeMember(deps, { accountId, userId: member.userId })

  expect(await authenticate(deps, member.token)).toBeNull()
})

test('members of another account are as unknown as nobody', async () => {
  const account = await makeAccount(deps)
  const other = await makeAccount(deps)
  const stranger = await makeMember(deps, other.accountId, 'viewer')

  const change = { accountId: account.accountId, userId: stranger.userId, role: 'owner' } as const

  expect(await changeRole(deps, change)).toEqual({ ok: false, reason: 'not-found' })
  expect(await removeMember(deps, change)).toEqual({ ok: false, reason: 'not-found' })
  expect(await authenticate(deps, stranger.token)).not.toBeNull()
})

test('an address that is known already cannot be registered again with another password', async () => {
  const account = await makeAccount(deps)
  const other = await makeAccount(deps)

  const result = await addMember(deps, {
    accountId: account.accountId,
    email: other.owner.email,
    name: 'Somebody',
    role: 'viewer',
    password: 'known to the wrong one',
  })

  expect(result).toEqual({ ok: false, reason: 'email-taken' })
})

test.each(['short', 'aaaaaaaaaaaaaaaa', 'abababababababab'])(
  'the password %s is refused',
  async (password) => {
    const { accountId } = await makeAccount(deps)

    const result = await addMember(deps, {
      accountId,
      email: 'new@example.test',
      name: 'New',
      role: 'viewer',
      password,
    })

    expect(result.ok).toBe(false)
  },
)

test('an API key stands for its account and its role', async () => {
  const account = await makeAccount(deps)
  const key = await makeApiKey(deps, account, 'viewer')

  const who = await authenticate(deps, key)

  expect(key).toMatch(/^tg_live_[a-z0-9]{8}_[A-Za-z0-9_-]{43}$/)
  expect(who?.viewer).toMatchObject({ kind: 'apiKey', accountId: account.accountId, role: 'viewer' })
})

test('requests of one key that come together after a pause are let in, and hardly get into each other’s way', async () => {
  const account = await makeAccount(deps)
  const key = await makeApiKey(deps, account)
  await authenticate(deps, key)
  deps.clock.advance({ minutes: 2 })
  const before = transactionStatistics().aborted

  const who = await Promise.all(Array.from({ length: 50 }, () => authenticate(deps, key)))

  expect(who.filter((one) => one !== null)).toHaveLength(50)
  expect(transactionStatistics().aborted - before).toBeLessThan(5)
  const [stored] = await listApiKeys(deps, account.accountId, firstPage)
  expect(stored?.lastUsedAt).toEqual(deps.clock.now().toJSDate())
})

test('what the database keeps of a key cannot be used as a key', async () => {
  const account = await makeAccount(deps)
  const key = await makeApiKey(deps, account)

  const [row] = await readQuery<{ text: string; hash: string }>(
    database.db,
    `/* test */ select row_to_json(k)::text as text, encode(key_hash, 'hex') as hash from api_key k where account_id = $1`,
    [account.accountId],
  )

  expect(row?.text).not.toContain(key.slice(17))
  expect(await authenticate(deps, row?.hash ?? '')).toBeNull()
})

test('the prefix of a key with another secret is nobody', async () => {
  const account = await makeAccount(deps)
  const key = await makeApiKey(deps, account)
  const forged = key.slice(0, 17) + (key[17] === 'A' ? 'B' : 'A') + key.slice(18)

  expect(await authenticate(deps, forged)).toBeNull()
})

test('a revoked key ends at once, for its own account only', async () => {
  const account = await makeAccount(deps)
  const other = await makeAccount(deps)
  const key = await makeApiKey(deps, account)
  const [stored] = await listApiKeys(deps, account.accountId, firstPage)

  const foreign = await revokeApiKey(deps, { accountId: other.accountId, apiKeyId: stored!.id })
  const stillThere = await authenticate(deps, key)
  const own = await revokeApiKey(deps, { accountId: account.accountId, apiKeyId: stored!.id })

  expect(foreign).toEqual({ ok: false, reason: 'not-found' })
  expect(stillThere).not.toBeNull()
  expect(own).toEqual({ ok: true })
  expect(await authenticate(deps, key)).toBeNull()
})

test('a key ends at its expiry', async () => {
  const account = await makeAccount(deps)
  const expiresAt = deps.clock.now().plus({ days: 1 })
  const input = {
    accountId: account.accountId,
    createdBy: account.owner.userId,
    name: 'K',
    role: 'viewer',
  } as const
  const created = await createApiKey(deps, { ...input, expiresAt })
  const past = await createApiKey(deps, { ...input, expiresAt: deps.clock.now() })
  if (!created.ok) throw new Error(created.reason)

  const before = await authenticate(deps, created.key)
  deps.clock.advance({ days: 1 })
  const after = await authenticate(deps, created.key)

  expect(past).toEqual({ ok: false, reason: 'expiry-out-of-range' })
  expect(before).not.toBeNull()
  expect(after).toBeNull()
})

test('the last use of a key is noted, at most once a minute', async () => {
  const account = await makeAccount(deps)
  const key = await makeApiKey(deps, account)
  const lastUsed = async () => (await listApiKeys(deps, account.accountId, firstPage))[0]?.lastUsedAt

  const never = await lastUsed()
  await authenticate(deps, key)
  const first = await lastUsed()
  deps.clock.advance({ seconds: 30 })
  await authenticate(deps, key)
  const soon = await lastUsed()
  deps.clock.advance({ seconds: 31 })
  await authenticate(deps, key)
  const later = await lastUsed()

  expect(never).toBeNull()
  expect(first).not.toBeNull()
  expect(soon).toEqual(first)
  expect(later).not.toEqual(first)
})

test('a recheck answers only for what may still be used', async () => {
  const account = await makeAccount(deps)
  const gone = await makeMember(deps, account.accountId, 'viewer')
  const credentials = await Promise.all(
    [account.owner.token, gone.token, await makeApiKey(deps, account)].map(async (token) => {
      const who = await authenticate(deps, token)
      if (who === null) throw new Error('not signed in')
      return who.viewer.kind === 'user' ? who.viewer.sessionId : who.viewer.apiKeyId
    }),
  )
  await removeMember(deps, { accountId: account.accountId, userId: gone.userId })

  const present = await recheckCredentials(deps, credentials)

  expect([...present.keys()].sort()).toEqual([credentials[0], credentials[2]].sort())
})

test('purging removes what is long over and nothing else', async () => {
  const account = await makeAccount(deps)
  await makeApiKey(deps, account)

  const nothing = await purgeExpired(deps)
  deps.clock.advance({ days: 40 })
  const old = await purgeExpired(deps)

  expect(nothing).toBe(0)
  expect(old).toBeGreaterThan(0)
  expect(await listApiKeys(deps, account.accountId, firstPage)).toHaveLength(1)
  expect(await listMembers(deps, account.accountId, firstPage)).toHaveLength(1)
})

describe('with more that is over than one round deletes', () => {
  const KEYS = 12_000
  beforeEach(async () => {
    const account = await makeAccount(deps)
    await readQuery(
      deps.db,
      `/* test.keys */ insert into idempotency_key (account_id, key, operation, input_hash, result, created_at)
       select $1, 'key-' || n, 'test', decode(repeat('00', 32), 'hex'), '{}', $2 from generate_series(1, $3::int) n`,
      [account.accountId, deps.clock.now().minus({ days: 91 }).toJSDate(), KEYS],
    )
  })
  const keys = async (): Promise<number> => {
    const [row] = await readQuery<{ n: number }>(
      deps.db,
      `/* test.keys */ select count(*)::int as n from idempotency_key where key like 'key-%'`,
    )
    return row!.n
  }

  test('one run of the job purges all of it', async () => {
    await purgeExpired(deps)

    expect(await keys()).toBe(0)
  })

  test('a process that is to end finishes the round at hand and no other', async () => {
    await purgeExpired(deps, AbortSignal.abort())

    expect(await keys()).toBe(KEYS - 5_000)
    await purgeExpired(deps)
  })
})
