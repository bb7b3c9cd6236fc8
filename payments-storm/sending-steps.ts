import { inTransaction, readQuery } from '../src/platform/db/transaction.js'
import {
  addMessages,
  claimMessages,
  settleAttempts,
  type AttemptReport,
  type NewMessage,
} from '../src/slices/messages/index.js'
import type { Stage } from './stage.js'

/** What a campaign does: texts are claimed through the real gate, and end sent, refused or unclear. */
export async function sendSome(stage: Stage): Promise<void> {
  await addSome(stage, 1 + Math.floor(stage.random.next() * 4))
  const { claimed } = await claimMessages(
    { db: stage.db, clock: stage.clock },
    {
      lane: stage.lane,
      sender: stage.sender,
      worker: 'storm',
      limit: 50,
      notAfter: stage.clock.now().plus({ seconds: 60 }).toJSDate(),
      deadByMs: stage.clock.monotonicMs() + 60_000,
      fenced: false,
    },
  )
  stage.counts.claimed += claimed.length
  if (claimed.length === 0) return
  if (await isForbidden(stage)) stage.counts.claimedWhileForbidden += claimed.length
  stage.inFlight.push(...claimed.map(({ attemptId }) => attemptId))
}

/** Texts in flight come to their end: most were sent, some refused for good; the rest stays open for longer. */
export async function settleSome(stage: Stage, everything = false): Promise<void> {
  const ending = stage.inFlight.filter(() => everything || stage.random.next() < 0.7)
  stage.inFlight = stage.inFlight.filter((attemptId) => !ending.includes(attemptId))
  const reports = ending.map((attemptId): AttemptReport => {
    const sent = stage.random.next() < 0.8
    return {
      attemptId,
      outcome: sent ? { kind: 'accepted', sid: `SM${attemptId.replaceAll('-', '')}` } : refused,
    }
  })
  const { db, clock, random, accountId } = stage
  if (reports.length > 0) await settleAttempts({ db, clock, random }, accountId, reports, 'worker')
}

const refused: AttemptReport['outcome'] = {
  kind: 'not_sent',
  failureClass: 'P',
  retryable: false,
  optedOut: false,
  blocksSender: false,
  errorCode: 21211,
  reason: 'refused',
}

/** Large texts, so that a pack is spent in a few of them. */
async function addSome(stage: Stage, count: number): Promise<void> {
  const { db, accountId } = stage
  const first = await nextOrdinal(stage)
  const messages = Array.from({ length: count }, (_none, index): NewMessage => {
    const ordinal = first + index
    return {
      ordinal: null,
      campaignId: null,
      contactId: null,
      purpose: 'marketing',
      phone: phoneOf(stage, ordinal),
      country: 'US',
      body: 'Hello',
      encoding: 'GSM-7',
      segments: 1,
      cost: 50 + Math.floor(stage.random.next() * 1_500),
      priceVersion: 1,
      expiresAt: null,
      notBefore: null,
      idemKey: null,
    }
  })
  await readQuery(
    db,
    `/* storm.consent */
     insert into consent_event (account_id, phone, purpose, action, level, method, occurred_at, recorded_at)
     select $1, phone, 'marketing', 'grant', 'express', 'import', '2026-01-01', '2026-01-01' from unnest($2::text[]) as p (phone)`,
    [accountId, messages.map((message) => message.phone)],
  )
  await inTransaction(db, { name: 'storm.addMessages', accountId }, (tx) =>
    addMessages(tx, accountId, messages),
  )
}

async function nextOrdinal({ db, accountId }: Stage): Promise<number> {
  const [row] = await readQuery<{ next: number }>(
    db,
    '/* storm.next */ select count(*)::int as next from message where account_id = $1',
    [accountId],
  )
  return row?.next ?? 0
}

/** A number that no other history texts. */
function phoneOf(stage: Stage, ordinal: number): string {
  const tail = Number.parseInt(stage.accountId.replaceAll('-', '').slice(-7), 16) % 100_000
  return `+1212${String(2_000_000 + ((tail * 71 + ordinal) % 7_999_999)).padStart(7, '0')}`
}

/** What was claimed a moment ago was claimed under these facts: nothing else has run since. */
async function isForbidden({ db, accountId }: Stage): Promise<boolean> {
  const [row] = await readQuery<{ forbidden: boolean }>(
    db,
    `/* storm.forbidden */
     select a.subscription_state not in ('active', 'trialing') or a.billing_freeze is not null or b.debt > 0 as forbidden
     from account_control a join credit_balance b using (account_id) where a.account_id = $1`,
    [accountId],
  )
  return row?.forbidden ?? true
}
