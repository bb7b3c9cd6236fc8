import { inTransaction, readQuery, type Tx } from '../../../src/platform/db/transaction.js'
import type { Db } from '../../../src/platform/db/data-source.js'
import { newId, type AccountId, type AttemptId, type MessageId } from '../../../src/kernel/ids.js'
import {
  captureHolds,
  grantCredits,
  holdCredits,
  readBalance,
  refundCaptures,
  releaseHolds,
  type CreditBalance,
  type GrantInput,
  type HoldLimits,
} from '../../../src/slices/credits/index.js'

/** The moment at which these tests play; lots expire before or after it. */
export const NOW = new Date('2026-03-02T15:00:00Z')
export const EARLIER = new Date('2026-03-01T00:00:00Z')
export const LATER = new Date('2026-04-01T00:00:00Z')

export const ACTOR = 'test:builder'

/** An account without users, with an empty balance. */
export async function anAccount(db: Db, name = 'Acme'): Promise<AccountId> {
  const accountId = newId<AccountId>()
  await readQuery(db, '/* test.anAccount */ insert into account (id, name) values ($1, $2)', [
    accountId,
    name,
  ])
  return accountId
}

/** One account-locked transaction, as every caller of the credits slice opens it. */
export async function locked<T>(db: Db, accountId: AccountId, body: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction(db, { name: 'test.credits', accountId }, body)
}

/** A new lot. Returns its number; throws when the grant is refused. */
export async function aLot(
  db: Db,
  accountId: AccountId,
  credits: number,
  lot: Partial<Pick<GrantInput, 'source' | 'origin' | 'priority' | 'expiresAt' | 'reason'>> = {},
): Promise<number> {
  const granted = await locked(db, accountId, (tx) =>
    grantCredits(tx, {
      accountId,
      credits,
      source: lot.source ?? 'purchase',
      origin: lot.origin ?? `pi:${newId()}`,
      priority: lot.priority ?? 50,
      expiresAt: lot.expiresAt ?? null,
      actor: ACTOR,
      ...(lot.reason === undefined ? {} : { reason: lot.reason }),
    }),
  )
  if (!granted.ok) throw new Error(`the grant was refused: ${granted.reason}`)
  return granted.lotNo
}

/** An account that has this many credits in one lot. */
export async function anAccountWith(db: Db, credits: number): Promise<AccountId> {
  const accountId = await anAccount(db)
  if (credits > 0) await aLot(db, accountId, credits)
  return accountId
}

export const noLimits: HoldLimits = { reserveCredits: 0, capCredits: null, now: NOW, actor: ACTOR }

/** Holds one attempt for each cost; returns the attempts that got their hold. */
export async function holdsOf(
  db: Db,
  accountId: AccountId,
  costs: readonly number[],
  limits: Partial<HoldLimits> = {},
): Promise<AttemptId[]> {
  const requests = costs.map((cost) => ({ attemptId: newId<AttemptId>(), cost }))
  const { held } = await locked(db, accountId, (tx) =>
    holdCredits(tx, accountId, requests, { ...noLimits, ...limits }),
  )
  return requests.slice(0, held).map((request) => request.attemptId)
}

export async function capture(db: Db, accountId: AccountId, attemptIds: readonly string[]): Promise<number> {
  return (await locked(db, accountId, (tx) => captureHolds(tx, accountId, attemptIds, ACTOR))).credits
}

export async function release(db: Db, accountId: AccountId, attemptIds: readonly string[]): Promise<number> {
  return (await locked(db, accountId, (tx) => releaseHolds(tx, accountId, attemptIds, ACTOR))).credits
}

export async function refund(db: Db, accountId: AccountId, attemptIds: readonly string[]): Promise<number> {
  return (
    await locked(db, accountId, (tx) => refundCaptures(tx, accountId, attemptIds, ACTOR, 'carrier: failed'))
  ).credits
}

/** Holds and captures, as one sent message of this cost does. */
export async function spend(db: Db, accountId: AccountId, cost: number): Promise<AttemptId> {
  const [attemptId] = await holdsOf(db, accountId, [cost])
  if (attemptId === undefined) throw new Error(`no hold for ${String(cost)} credits`)
  await capture(db, accountId, [attemptId])
  return attemptId
}

/** The buckets without the sequence, for comparing. */
export async function bucketsOf(db: Db, accountId: AccountId): Promise<Omit<CreditBalance, 'seq'>> {
  const { available, held, spent, expired, debt } = await readBalance(db, accountId)
  return { available, held, spent, expired, debt }
}

/** What is left in each lot, by lot number. */
export async function remainingByLot(db: Db, accountId: AccountId): Promise<Record<number, number>> {
  const rows = await readQuery<{ lot_no: number; remaining: string }>(
    db,
    '/* test.remainingByLot */ select lot_no, remaining from credit_lot where account_id = $1 order by lot_no',
    [accountId],
  )
  return Object.fromEntries(rows.map((row) => [row.lot_no, Number(row.remaining)]))
}

export interface MessageTerms {
  campaignId?: string
  ordinal?: number
  country?: string
  segments?: number
  cost?: number
}

/** A message in flight: held for by one attempt, as a claim leaves it. */
export async function aMessage(
  db: Db,
  accountId: AccountId,
  terms: MessageTerms = {},
): Promise<{ messageId: MessageId; attemptId: AttemptId }> {
  const messageId = newId<MessageId>()
  const attemptId = newId<AttemptId>()
  const { campaignId = null, ordinal = null, country = 'US', segments = 1, cost = 1 } = terms
  await locked(db, accountId, async (tx) => {
    const [sender] = await tx.query<{ id: number }>(
      `/* test */ insert into sender (address) values ($1) returning id`,
      [`test-${messageId}`],
    )
    const [claim] = await tx.query<{ id: string }>(
      `/* test */ insert into claim (account_id, campaign_id, sender_id, worker, unknown_policy, claimed_at, not_after, gate)
       values ($1, $2, $3, 'test', 'P0', now(), now() + interval '1 minute', '{}') returning id`,
      [accountId, campaignId, sender?.id],
    )
    await tx.query(
      `/* test */ insert into message (id, account_id, campaign_id, ordinal, purpose, phone, country, segments, cost, price_version)
       values ($1, $2, $3, $4, 'marketing', $5, $6, $7, $8, 1)`,
      [
        messageId,
        accountId,
        campaignId,
        ordinal,
        `+1${messageId.replace(/\D/g, '').slice(-10)}`,
        country,
        segments,
        cost,
      ],
    )
    const { held } = await holdCredits(tx, accountId, [{ attemptId, cost }], noLimits)
    if (held === 0) throw new Error(`no hold for ${String(cost)} credits`)
    await tx.query(
      `/* test */ with moved as (
         update message set state = 'dispatching', attempt_id = $2, tries = 1 where id = $1 returning *
       )
       insert into attempt (id, message_id, account_id, claim_id, sender_id, n, cost, phone)
       select $2, id, account_id, $3, $4, 1, cost, phone from moved`,
      [messageId, attemptId, claim?.id, sender?.id],
    )
  })
  return { messageId, attemptId }
}
