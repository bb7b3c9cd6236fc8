import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { acknowledgeBreach } from '../../src/app/audit/acknowledge-breach.js'
import { addAuditMetrics } from '../../src/app/audit/audit-metrics.js'
import { invariants } from '../../src/app/audit/invariants.js'
import { listBreaches } from '../../src/app/audit/list-breaches.js'
import { lookOnce } from '../../src/app/audit/look.js'
import { newsSql, ROWS_PER_ACCOUNT_MAX } from '../../src/app/audit/narrow-sql.js'
import { recordBreaches } from '../../src/app/audit/record-breaches.js'
import { look, watchInvariants, type WatchDeps } from '../../src/app/audit/watch-invariants.js'
import { trustId, type AccountId } from '../../src/kernel/ids.js'
import { silentLogger } from '../../src/platform/observability/logger.js'
import { createMetrics } from '../../src/platform/observability/metrics.js'
import { readEvents } from '../../src/platform/realtime/event-log.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { resumeAccount } from '../../src/slices/accounts/index.js'
import {
  aLane,
  aSendingAccount,
  claim,
  someMessages,
  somePhones,
  theyAgree,
} from '../support/builders/messages.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { fixedClock } from '../support/fixed-clock.js'
import { onServer } from '../support/server-connection.js'
import { corruptions } from './corruptions.js'
import { aHealthyDatabase } from './healthy-database.js'

let healthy: TestDatabase

beforeAll(async () => {
  healthy = await aHealthyDatabase()
  await healthy.db.dataSource.destroy()
}, 60_000)

afterAll(() => healthy.drop())

async function aCopy(): Promise<TestDatabase> {
  return createTestDatabase({ template: healthy.name, poolSize: 4 })
}

const corrupt = (copy: TestDatabase, sql: string): Promise<void> =>
  onServer(copy.url, `set session_replication_role = replica; ${sql}`)

const clock = fixedClock()
const watching = (copy: TestDatabase): WatchDeps => ({ db: copy.db, clock, logger: silentLogger })

async function stopReasons(copy: TestDatabase): Promise<Record<string, string | null>> {
  const rows = await readQuery<{ account_id: string; reason: string | null }>(
    copy.db,
    '/* test.stopReasons */ select account_id, sending_stopped_reason as reason from account_control',
  )
  return Object.fromEntries(rows.map((row) => [row.account_id, row.reason]))
}

async function theCampaignsAccount(copy: TestDatabase): Promise<AccountId> {
  const [row] = await readQuery<{ id: string }>(
    copy.db,
    '/* test.account */ select account_id as id from campaign limit 1',
  )
  return trustId<AccountId>(row!.id)
}

async function accountsIn(copy: TestDatabase): Promise<number> {
  const [row] = await readQuery<{ n: number }>(
    copy.db,
    '/* test.accountsIn */ select count(*)::int as n from account_feed where last_seq > 0',
  )
  return row!.n
}

/** The account works: something is appended to its log, as every claim and settlement does. */
async function hasNews(copy: TestDatabase, accountId: AccountId): Promise<void> {
  await readQuery(
    copy.db,
    `/* test.hasNews */ with f as (update account_feed set last_seq = last_seq + 1 where account_id = $1 returning last_seq)
     insert into account_event (account_id, seq, topic, message_ids, payload)
     select $1, last_seq, 'messages', (select array_agg(id) from message where account_id = $1), '{}' from f`,
    [accountId],
  )
}

test('a look at news finds nothing on healthy data, and the next one finds no news', async () => {
  const copy = await aCopy()
  try {
    const first = await look(watching(copy), 'news')
    const second = await look(watching(copy), 'news')

    expect(first).toMatchObject({ added: [], stopped: [], open: 0, accounts: await accountsIn(copy) })
    expect(first?.messages).toBeGreaterThan(10)
    expect(second).toMatchObject({ added: [], accounts: 0, messages: 0 })
  } finally {
    await copy.drop()
  }
})

const inNews = corruptions.filter(({ invariant }) =>
  invariants.some((one) => one.id === invariant && newsSql(one) !== null),
)

test.each(inNews)('$invariant is noticed among the news: $what', async ({ invariant, sql }) => {
  const copy = await aCopy()
  try {
    // What was added and never moved has no news yet.
    const accountId = await theCampaignsAccount(copy)
    await hasNews(copy, accountId)
    await corrupt(copy, sql)

    const seen = await lookOnce(copy.db, 'news', (given) => Promise.resolve(given))

    expect(seen?.found.map((row) => row.invariant.id)).toContain(invariant)
  } finally {
    await copy.drop()
  }
})

test('every breach that stops sending is noticed by a full look too, and says why', async () => {
  for (const invariant of invariants) {
    expect(invariant.why).not.toBe('')
    if (invariant.scope === 'whole') expect(newsSql(invariant)).toBeNull()
  }
  const copy = await aCopy()
  try {
    await corrupt(copy, corruptions.find(({ invariant }) => invariant === 'I27')!.sql)

    expect(await look(watching(copy), 'news')).toMatchObject({ added: [] })
    expect((await look(watching(copy), 'full'))?.stopped.map(({ reason }) => reason)).toEqual(['audit: I27'])
  } finally {
    await copy.drop()
  }
})

describe('an account in breach', () => {
  const duplicate = corruptions.find(({ invariant }) => invariant === 'I7')!

  test('stops within one look, is told about everywhere, and goes on once somebody has answered', async () => {
    const copy = await aCopy()
    try {
      const deps = watching(copy)
      const accountId = await theCampaignsAccount(copy)
      const other = await aSendingAccount(copy.db, 10)
      await look(deps, 'news')
      await corrupt(copy, duplicate.sql)
      await hasNews(copy, accountId)

      // One look: the row, the stop, the event, the metric.
      const result = await look(deps, 'news')
      expect(result?.added).toEqual([
        { invariant: 'I7', accountId, what: expect.stringMatching(/^message /), stops: true },
      ])
      const reasons = await stopReasons(copy)
      expect(reasons[accountId]).toBe('audit: I7')
      expect(Object.values(reasons).filter((reason) => reason !== null)).toHaveLength(1)
      const events = await readEvents(copy.db, { accountId, afterSeq: 0, topics: ['account'], limit: 500 })
      expect(events.map((event) => event.payload)).toEqual([
        { kind: 'audit_breach', invariants: ['I7'], breaches: 1 },
        { sendingStopped: true, reason: 'audit: I7' },
      ])
      const metrics = createMetrics()
      addAuditMetrics({ db: copy.db, metrics, logger: silentLogger })
      expect(await metrics.registry.metrics()).toContain('tollgate_audit_breaches{invariant="I7"} 1')

      // Its claims are refused; another account goes on.
      const lane = aLane(accountId, null)
      expect(await claim(copy.db, { clock, lane })).toMatchObject({ claimed: [], block: 'account-stopped' })
      const phones = somePhones(1)
      await theyAgree(copy.db, other, phones, 'transactional')
      await someMessages(copy.db, other, phones, { campaignId: null, purpose: 'transactional' })
      expect((await claim(copy.db, { clock, lane: aLane(other, null) })).claimed).toHaveLength(1)

      // The same breach is not written twice; letting it send without answering stops it again.
      expect(await look(deps, 'full')).toMatchObject({ added: [], stopped: [], open: 1 })
      await resumeAccount(deps, accountId)
      expect((await look(deps, 'news'))?.stopped).toEqual([{ accountId, reason: 'audit: I7' }])

      // Somebody answers: no look stops it for this row again.
      const [breach] = await listBreaches(deps, { accountId, openOnly: true, beforeId: null, limit: 10 })
      const answer = { id: breach!.id, actor: 'user:root', reason: 'the carrier confirmed one delivery' }
      expect(await acknowledgeBreach(deps, { ...answer, reason: ' ' })).toEqual({
        ok: false,
        reason: 'reason-missing',
      })
      expect(await acknowledgeBreach(deps, answer)).toMatchObject({ ok: true })
      expect(await acknowledgeBreach(deps, answer)).toEqual({ ok: false, reason: 'already-acknowledged' })
      await resumeAccount(deps, accountId)
      await hasNews(copy, accountId)
      expect(await look(deps, 'news')).toMatchObject({ added: [], stopped: [], open: 0 })
      expect(await look(deps, 'full')).toMatchObject({ added: [], stopped: [], open: 0 })
      expect((await stopReasons(copy))[accountId]).toBeNull()

      // A new row stops it anew, and one that has gone is written down as gone.
      await corrupt(
        copy,
        `insert into carrier_observation (sid, attempt_id, message_id, source)
        select 'SMthird', id, message_id, 'callback' from attempt where state = 'accepted' and account_id = '${accountId}'
          and message_id not in (select message_id from carrier_observation) limit 1;`,
      )
      await hasNews(copy, accountId)
      expect((await look(deps, 'news'))?.stopped).toEqual([{ accountId, reason: 'audit: I7' }])
      await corrupt(copy, `delete from carrier_observation where sid = 'SMthird';`)
      expect(await look(deps, 'full')).toMatchObject({ cleared: 1, open: 0 })
    } finally {
      await copy.drop()
    }
  })

  test('a breach that only alarms stops nobody', async () => {
    const copy = await aCopy()
    try {
      await corrupt(
        copy,
        `update message_tally set accepted = accepted + 1
        where campaign_id = (select min(campaign_id::text)::uuid from message_tally);`,
      )

      expect(await look(watching(copy), 'full')).toMatchObject({
        added: [{ invariant: 'I23', stops: false }],
        stopped: [],
        open: 1,
      })
      expect(Object.values(await stopReasons(copy)).every((reason) => reason === null)).toBe(true)
    } finally {
      await copy.drop()
    }
  })
})

test('a breach has not gone because a look that is full of others does not show it', async () => {
  const copy = await aCopy()
  try {
    const accountId = await theCampaignsAccount(copy)
    const invariant = invariants.find(({ onBreach }) => onBreach !== 'stop')!
    const rows = Array.from({ length: ROWS_PER_ACCOUNT_MAX + 5 }, (_, n) => ({
      invariant,
      accountId,
      what: `row ${n}`,
    }))
    await recordBreaches(watching(copy), 'news', rows)

    const bounded = await recordBreaches(watching(copy), 'full', rows.slice(0, ROWS_PER_ACCOUNT_MAX))
    expect(bounded).toMatchObject({ cleared: 0, open: rows.length })
    const whole = await recordBreaches(watching(copy), 'full', rows.slice(0, 3))
    expect(whole).toMatchObject({ cleared: rows.length - 3, open: 3 })
  } finally {
    await copy.drop()
  }
})

test('of many processes one looks, and none sooner than its pause', async () => {
  const copy = await aCopy()
  try {
    const deps = watching(copy)
    await lookOnce(copy.db, 'news', async () => {
      expect(await look(deps, 'news')).toBeNull()
    })
    const options = { newsEveryMs: 10_000, fullEveryMs: 86_400_000 }

    expect(await watchInvariants(deps, options)).toMatchObject({ kind: 'full' })
    expect(await watchInvariants(deps, options)).toMatchObject({ kind: 'news' })
    expect(await watchInvariants(deps, options)).toBeNull()
    clock.advance({ minutes: 5 })
    expect(await watchInvariants(deps, options)).toMatchObject({ kind: 'news' })
  } finally {
    await copy.drop()
  }
})

test('a look at everything that fails has its pause too, and news are looked at meanwhile', async () => {
  const copy = await aCopy()
  try {
    const deps = watching(copy)
    const options = { newsEveryMs: 10_000, fullEveryMs: 86_400_000 }
    const accountId = await theCampaignsAccount(copy)
    await hasNews(copy, accountId)
    await corrupt(copy, corruptions.find(({ invariant }) => invariant === 'I7')!.sql)
    // Asked by the look at everything only.
    await corrupt(copy, 'alter table billing_purchase rename to billing_purchase_away')

    await expect(watchInvariants(deps, options)).rejects.toThrow(/billing_purchase/)
    expect(await watchInvariants(deps, options)).toMatchObject({
      kind: 'news',
      added: [{ invariant: 'I7', accountId }],
    })
    clock.advance({ seconds: 11 })
    expect(await watchInvariants(deps, options)).toMatchObject({ kind: 'news' })

    await corrupt(copy, 'alter table billing_purchase_away rename to billing_purchase')
    clock.advance({ minutes: 15 })
    expect(await watchInvariants(deps, options)).toMatchObject({ kind: 'full' })
  } finally {
    await copy.drop()
  }
})
