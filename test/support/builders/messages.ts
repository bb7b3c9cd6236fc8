import type { Clock } from '../../../src/kernel/clock.js'
import { newId, type AccountId, type CampaignId, type MessageId } from '../../../src/kernel/ids.js'
import { seededRandom } from '../../../src/kernel/random.js'
import type { Db } from '../../../src/platform/db/data-source.js'
import { inTransaction, readQuery } from '../../../src/platform/db/transaction.js'
import {
  addMessages,
  claimMessages,
  senderId,
  settleAttempts,
  type AttemptReport,
  type ClaimResult,
  type DatabaseWitness,
  type Lane,
  type LaneBlock,
  type NewMessage,
} from '../../../src/slices/messages/index.js'
import { toAttemptOutcome } from '../../../src/slices/messages/to-outcome.js'
import { anAccountWith } from './credits.js'

export interface SendingAccount {
  policy?: 'P0' | 'P1'
  /** For texts outside campaigns; the same unless told. */
  singlePolicy?: 'P0' | 'P1'
  /** Texts wait for the hours of their recipients; without it they go at any time, so that no test depends on the clock. */
  keepsHours?: boolean
  subscription?: string
}

/** An account that may send, with so many credits. */
export async function aSendingAccount(
  db: Db,
  credits: number,
  given: SendingAccount = {},
): Promise<AccountId> {
  const accountId = await anAccountWith(db, credits)
  await readQuery(
    db,
    '/* test.aSendingAccount */ update account_control set subscription_state = $2, unknown_policy = $3, unknown_policy_single = $4, quiet_hours_waiver = $5 where account_id = $1',
    [
      accountId,
      given.subscription ?? 'active',
      given.policy ?? 'P0',
      given.singlePolicy ?? given.policy ?? 'P0',
      given.keepsHours === true ? null : 'a test',
    ],
  )
  return accountId
}

let lastNumber = 0

/** Numbers that no other test of this process uses. */
export function somePhones(count: number): string[] {
  return Array.from({ length: count }, () => {
    lastNumber += 1
    return `+1212${String(5_550_000 + lastNumber).padStart(7, '0')}`
  })
}

/** The people behind these numbers agree to texts of this purpose, as one import of consents records it. */
export async function theyAgree(
  db: Db,
  accountId: AccountId,
  phones: readonly string[],
  purpose: 'marketing' | 'transactional' = 'marketing',
): Promise<void> {
  await readQuery(
    db,
    `/* test.theyAgree */
     insert into consent_event (account_id, phone, purpose, action, level, method, occurred_at, recorded_at)
     select $1, phone, $3, 'grant', 'express', 'import', '2026-01-01', '2026-01-01' from unnest($2::text[]) as p (phone)`,
    [accountId, phones, purpose],
  )
}

/** A text to each number, in this order, of one campaign or single. Returns the ids in order. */
export async function someMessages(
  db: Db,
  accountId: AccountId,
  phones: readonly string[],
  given: Partial<NewMessage> = {},
): Promise<MessageId[]> {
  const campaignId = given.campaignId === undefined ? newId<CampaignId>() : given.campaignId
  const messages = phones.map((phone, ordinal): NewMessage => ({
    contactId: null,
    purpose: 'marketing',
    country: 'US',
    body: 'Hello. Reply STOP to end.',
    encoding: 'GSM-7',
    segments: 1,
    cost: 1,
    priceVersion: 1,
    expiresAt: null,
    notBefore: null,
    idemKey: null,
    ...given,
    phone,
    campaignId,
    ordinal: campaignId === null ? null : ordinal,
  }))
  const [last] = await readQuery<{ id: MessageId }>(
    db,
    '/* test.someMessages */ select id from message where account_id = $1 order by id desc limit 1',
    [accountId],
  )
  await inTransaction(db, { name: 'test.someMessages', accountId }, (tx) =>
    addMessages(tx, accountId, messages),
  )
  const rows = await readQuery<{ id: MessageId }>(
    db,
    `/* test.someMessages */ select id from message where account_id = $1 and campaign_id is not distinct from $2
     and phone = any ($3) and ($4::uuid is null or id > $4) order by array_position($3::text[], phone)`,
    [accountId, campaignId, phones, last?.id ?? null],
  )
  return rows.map((row) => row.id)
}

export interface TestLane extends Lane {
  blocks: LaneBlock[]
}

/** A lane that runs until told otherwise, and remembers why it was blocked. */
export function aLane(
  accountId: AccountId,
  campaignId: CampaignId | null,
  capCreditsLeft: number | null = null,
): TestLane {
  const blocks: LaneBlock[] = []
  return {
    accountId,
    campaignId,
    blocks,
    gate: () => Promise.resolve({ mayRun: true, capCreditsLeft }),
    onBlocked: (block) => {
      blocks.push(block)
      return Promise.resolve()
    },
    onSettled: () => Promise.resolve(),
  }
}

export interface SendingCampaign {
  accountId: AccountId
  campaignId: CampaignId
  phones: string[]
  /** Of its messages, in order. */
  ids: MessageId[]
  lane: TestLane
}

/** A campaign of so many texts that wait, of an account of its own that can pay them all; everybody agreed. */
export async function aSendingCampaign(
  db: Db,
  count: number,
  given: SendingAccount & { credits?: number } = {},
): Promise<SendingCampaign> {
  const accountId = await aSendingAccount(db, given.credits ?? count, given)
  const campaignId = newId<CampaignId>()
  const phones = somePhones(count)
  await theyAgree(db, accountId, phones)
  const ids = await someMessages(db, accountId, phones, { campaignId })
  return { accountId, campaignId, phones, ids, lane: aLane(accountId, campaignId) }
}

/** So many single texts that wait, each to a number of its own that agreed. */
export async function someSingles(db: Db, accountId: AccountId, count: number): Promise<MessageId[]> {
  const phones = somePhones(count)
  await theyAgree(db, accountId, phones)
  return someMessages(db, accountId, phones, { campaignId: null })
}

export interface MessageNow {
  id: string
  state: string
  tries: number
  reason: string | null
  attempt: string | null
  sid: string | null
  evidence: string | null
  delivery: string | null
  errorCode: number | null
}

/** What became of messages, in the given order. */
export async function messagesNow(db: Db, ids: readonly string[]): Promise<MessageNow[]> {
  return readQuery<MessageNow>(
    db,
    `/* test.messagesNow */
     select m.id, m.state, m.tries, m.state_reason as reason, a.state as attempt, a.sid, a.evidence, d.status as delivery,
       d.error_code as "errorCode"
     from message m
     left join lateral (select * from attempt a where a.message_id = m.id order by n desc limit 1) a on true
     left join delivery d on d.attempt_id = a.id
     where m.id = any ($1::uuid[]) order by array_position($1::uuid[], m.id)`,
    [ids],
  )
}

/** A carrier id that no other attempt has. */
export function sidOf(attemptId: string, which = 'SM'): string {
  return `${which}${attemptId.replaceAll('-', '')}`
}

export interface ClaimGiven {
  clock: Clock
  lane: Lane
  limit?: number
  fenced?: boolean
  worker?: string
  notAfter?: Date
  /** When the credential dies, on the monotonic clock. */
  deadByMs?: number
  sender?: string
  witness?: DatabaseWitness
  clockSkewMs?: number
}

/** One claim, of which nothing is posted. */
export async function claim(db: Db, given: ClaimGiven): Promise<ClaimResult> {
  const address = given.sender ?? '+15005550006'
  return claimMessages(
    {
      db,
      clock: given.clock,
      ...(given.witness && { witness: given.witness }),
      ...(given.clockSkewMs !== undefined && { clockSkewMs: given.clockSkewMs }),
    },
    {
      lane: given.lane,
      sender: { id: await senderId(db, address), address },
      worker: given.worker ?? 'w1',
      limit: given.limit ?? 100,
      notAfter: given.notAfter ?? given.clock.now().plus({ seconds: 60 }).toJSDate(),
      deadByMs: given.deadByMs ?? -Infinity,
      fenced: given.fenced ?? false,
    },
  )
}

/** Settles attempts as the worker does that heard this from the carrier. */
export async function settle(
  db: Db,
  clock: Clock,
  accountId: AccountId,
  attemptIds: readonly string[],
  outcome: (attemptId: string) => AttemptReport['outcome'] = (id) => ({ kind: 'accepted', sid: sidOf(id) }),
): Promise<number> {
  const deps = { db, clock, random: seededRandom(5) }
  const reports = attemptIds.map((attemptId) => ({ attemptId, outcome: outcome(attemptId) }))
  return (await settleAttempts(deps, accountId, reports, 'worker')).settled
}

/** The carrier says no for good: an invalid number. */
export const refusedForGood = toAttemptOutcome({
  kind: 'not_sent',
  class: 'P',
  cause: 'refused',
  code: 21211,
  reasonText: 'Not a number.',
})

/** The carrier says later. */
export const refusedForNow = toAttemptOutcome({
  kind: 'not_sent',
  class: 'R',
  cause: 'throttled',
  code: 20429,
  reasonText: 'Too many at once.',
})
