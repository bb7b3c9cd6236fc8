import { inTransaction, readQuery, type Tx } from '../../../src/platform/db/transaction.js'
import type { Db } from '../../../src/platform/db/data-source.js'
import { newId, type AccountId, type AttemptId } from '../../../src/kernel/ids.js'
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
