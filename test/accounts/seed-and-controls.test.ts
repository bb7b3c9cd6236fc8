import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { demoPassword, demoPeople, seedDemo } from '../../src/app/seed.js'
import { systemClock } from '../../src/kernel/clock.js'
import type { AccountId } from '../../src/kernel/ids.js'
import { inTransaction, readQuery } from '../../src/platform/db/transaction.js'
import { readEvents } from '../../src/platform/realtime/event-log.js'
import {
  resumeAccount,
  resumePlatform,
  setSubscription,
  signIn,
  stopAccount,
  stopPlatform,
  updateAccountSettings,
} from '../../src/slices/accounts/index.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { makeAccount } from '../support/people.js'

let database: TestDatabase
let deps: { db: TestDatabase['db']; clock: typeof systemClock }

beforeAll(async () => {
  database = await createTestDatabase()
  deps = { db: database.db, clock: systemClock }
})

afterAll(() => database.drop())

const control = async (accountId: AccountId) =>
  (
    await readQuery<{
      subscription_state: string
      sending_stopped_reason: string | null
      gate_epoch: string
    }>(database.db, '/* test */ select * from account_control where account_id = $1', [accountId])
  )[0]!

test('the demo is seeded once, however often it is seeded, and everybody in it can sign in', async () => {
  const first = await seedDemo(deps)
  const second = await seedDemo(deps)

  expect(first.isNew).toBe(true)
  expect(second).toEqual({ ...first, isNew: false })
  for (const { email } of demoPeople) {
    const result = await signIn(deps, { email, password: demoPassword, clientAddress: 'demo' })
    expect(result.ok).toBe(true)
  }
})

test('a stop is in the control row, in its history and in the event log', async () => {
  const { accountId } = await makeAccount(deps)
  const before = await control(accountId)

  await stopAccount(deps, { accountId, reason: 'investigation' })
  const stopped = await control(accountId)
  await resumeAccount(deps, accountId)

  expect(stopped.sending_stopped_reason).toBe('investigation')
  expect(Number(stopped.gate_epoch)).toBeGreaterThan(Number(before.gate_epoch))
  expect((await control(accountId)).sending_stopped_reason).toBeNull()
  const history = await readQuery<{ state: string }>(
    database.db,
    `/* test */ select state from control_event where kind = 'account' and key = $1 order by ord desc limit 2`,
    [accountId],
  )
  expect(history.map((row) => row.state)).toEqual(['may_send', 'may_not_send'])
  const events = await readEvents(database.db, { accountId, afterSeq: 0, topics: ['account'], limit: 10 })
  expect(events.slice(-2).map((event) => event.payload)).toEqual([
    { sendingStopped: true, reason: 'investigation' },
    { sendingStopped: false },
  ])
})

test('a stop waits for the claim that has read the old state, and is not lost', async () => {
  const { accountId } = await makeAccount(deps)
  let release!: () => void
  const mayCommit = new Promise<void>((resolve) => (release = resolve))
  let hasRead!: () => void
  const claimed = new Promise<void>((resolve) => (hasRead = resolve))
  const order: string[] = []
  const claim = inTransaction(database.db, { name: 'test.claim' }, async (tx) => {
    await tx.query('/* test */ select from account_control where account_id = $1 for share', [accountId])
    hasRead()
    await mayCommit
    order.push('claim commits')
  })
  await claimed

  const stop = stopAccount(deps, { accountId, reason: 'now' }).then(() => order.push('stop returns'))
  release()
  await Promise.all([claim, stop])

  expect(order).toEqual(['claim commits', 'stop returns'])
  expect((await control(accountId)).sending_stopped_reason).toBe('now')
})

test('the stop of the platform and its end are kept in the history', async () => {
  await stopPlatform(deps, 'carrier incident')
  await resumePlatform(deps)

  const history = await readQuery<{ state: string }>(
    database.db,
    `/* test */ select state from control_event where kind = 'platform' order by ord`,
  )
  expect(history.map((row) => row.state)).toEqual(['may_not_send', 'may_send'])
})

test('the stop of the platform and its end are told to every account in which anything happened', async () => {
  const { accountId } = await makeAccount(deps)
  await stopAccount(deps, { accountId, reason: 'something happens' })
  await stopPlatform(deps, 'carrier incident')
  await resumePlatform(deps)

  const events = await readQuery<{ kind: string }>(
    database.db,
    `/* test */ select payload ->> 'kind' as kind from account_event where account_id = $1 and payload ->> 'kind' like 'platform%' order by seq`,
    [accountId],
  )
  expect(events.map((event) => event.kind)).toEqual(['platform_stopped', 'platform_resumed'])
})

test('an unknown account is refused and nothing is written', async () => {
  const nobody = '018f4e2a-1b2c-7d3e-8f90-123456789012' as AccountId

  expect(await setSubscription(deps, { accountId: nobody, state: 'active' })).toEqual({
    ok: false,
    reason: 'not-found',
  })
  expect(await stopAccount(deps, { accountId: nobody, reason: 'x' })).toEqual({
    ok: false,
    reason: 'not-found',
  })
})

test('settings that are left out stay, and a country must be one', async () => {
  const { accountId } = await makeAccount(deps, 'Before')
  const settings = {
    accountId,
    name: null,
    allowedCountries: null,
    unknownPolicy: null,
    singleUnknownPolicy: null,
    reserveCredits: null,
  }

  await updateAccountSettings(deps, { ...settings, allowedCountries: ['US', 'CA', 'US'] })
  await updateAccountSettings(deps, { ...settings, name: 'After' })
  const noCountry = await updateAccountSettings(deps, { ...settings, allowedCountries: ['USA'] })
  const noReserve = await updateAccountSettings(deps, { ...settings, reserveCredits: -1 })
  const unproved = await updateAccountSettings(deps, { ...settings, unknownPolicy: 'P1' })

  expect(noCountry).toEqual({ ok: false, reason: 'bad-country' })
  expect(noReserve).toEqual({ ok: false, reason: 'bad-reserve' })
  expect(unproved).toEqual({ ok: false, reason: 'fence-not-proved' })
  expect(await updateAccountSettings(deps, { ...settings, singleUnknownPolicy: 'P1' })).toEqual(unproved)
  const [row] = await readQuery(
    database.db,
    `/* test */ select a.name, c.allowed_countries from account a join account_control c on c.account_id = a.id where a.id = $1`,
    [accountId],
  )
  expect(row).toEqual({ name: 'After', allowed_countries: ['CA', 'US'] })
})
