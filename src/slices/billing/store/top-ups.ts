import type { AccountId, Brand } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'

export type TopUpId = Brand<string, 'TopUpId'>
export type TopUpState = 'requested' | 'processing' | 'requires_action' | 'succeeded' | 'failed' | 'canceled'
export const openTopUpStates: readonly TopUpState[] = ['requested', 'processing', 'requires_action']

export interface TopUp {
  id: TopUpId
  accountId: AccountId
  state: TopUpState
  credits: number
  amountMinor: number
  currency: string
  month: string
  cardId: string
  posts: number
  paymentId: string | null
  failure: string | null
  requestedAt: Date
  lookAt: Date
}

const COLUMNS = `id, account_id as "accountId", state, credits::float8 as credits, amount_minor::float8 as "amountMinor", currency,
  month::text as month, card_id as "cardId", posts, payment_intent_id as "paymentId", failure, requested_at as "requestedAt",
  look_at as "lookAt"`
const OPEN = `('requested', 'processing', 'requires_action')`

export async function findTopUp(db: Db, id: TopUpId): Promise<TopUp | null> {
  const [row] = await readQuery<TopUp>(
    db,
    `/* billing.findTopUp */ select ${COLUMNS} from top_up where id = $1`,
    [id],
  )
  return row ?? null
}

export async function lockTopUp(tx: Tx, accountId: AccountId, id: TopUpId): Promise<TopUp | null> {
  const [row] = await tx.query<TopUp>(
    `/* billing.lockTopUp */ select ${COLUMNS} from top_up where account_id = $1 and id = $2 for update`,
    [accountId, id],
  )
  return row ?? null
}

export async function openTopUpOf(tx: Tx, accountId: AccountId): Promise<TopUpId | null> {
  const [row] = await tx.query<{ id: TopUpId }>(
    `/* billing.openTopUpOf */ select id from top_up where account_id = $1 and state in ${OPEN}`,
    [accountId],
  )
  return row?.id ?? null
}

export async function insertTopUp(
  tx: Tx,
  topUp: Pick<TopUp, 'id' | 'accountId' | 'credits' | 'amountMinor' | 'currency' | 'month' | 'cardId'> & {
    now: Date
  },
): Promise<void> {
  await tx.query(
    `/* billing.insertTopUp */
     insert into top_up (id, account_id, state, credits, amount_minor, currency, month, card_id, look_at, requested_at)
     values ($1, $2, 'requested', $3, $4, $5, $6, $7, $8, $8)`,
    [
      topUp.id,
      topUp.accountId,
      topUp.credits,
      topUp.amountMinor,
      topUp.currency,
      topUp.month,
      topUp.cardId,
      topUp.now,
    ],
  )
}

/** Counted before the charge is posted; look again at this time when no answer came. */
export async function countPost(tx: Tx, topUp: Pick<TopUp, 'accountId' | 'id'>, lookAt: Date): Promise<void> {
  await tx.query(
    `/* billing.countPost */ update top_up set posts = posts + 1, look_at = $3 where account_id = $1 and id = $2`,
    [topUp.accountId, topUp.id, lookAt],
  )
}

export async function moveTopUp(
  tx: Tx,
  topUp: Pick<TopUp, 'accountId' | 'id'>,
  to: {
    state: TopUpState
    paymentId: string | null
    failure: string | null
    lookAt: Date
    endedAt: Date | null
  },
): Promise<void> {
  await tx.query(
    `/* billing.moveTopUp */
     update top_up set state = $3, payment_intent_id = coalesce(payment_intent_id, $4), failure = $5, look_at = $6, ended_at = $7
     where account_id = $1 and id = $2`,
    [topUp.accountId, topUp.id, to.state, to.paymentId, to.failure, to.lookAt, to.endedAt],
  )
}

export async function topUpsToLookAt(db: Db, now: Date, limit: number): Promise<TopUp[]> {
  return readQuery<TopUp>(
    db,
    `/* billing.topUpsToLookAt */
     select ${COLUMNS} from top_up where state in ${OPEN} and look_at <= $1 order by look_at limit $2`,
    [now, limit],
  )
}

export async function listTopUps(
  db: Db,
  accountId: AccountId,
  page: { after: string | null; limit: number },
): Promise<TopUp[]> {
  return readQuery<TopUp>(
    db,
    `/* billing.listTopUps */
     select ${COLUMNS} from top_up where account_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [accountId, page.after, page.limit],
  )
}

/** What the month has charged and waits for, under the account's lock. */
export async function committedIn(tx: Tx, accountId: AccountId, month: string): Promise<number> {
  const [row] = await tx.query<{ committed: number }>(
    `/* billing.committedIn */
     select committed_minor::float8 as committed from top_up_month where account_id = $1 and month = $2 for update`,
    [accountId, month],
  )
  return row?.committed ?? 0
}

/** Counts an amount against the month; the constraint refuses what would pass the cap. */
export async function commitAmount(
  tx: Tx,
  accountId: AccountId,
  month: string,
  amountMinor: number,
  capMinor: number,
): Promise<void> {
  await tx.query(
    `/* billing.commitAmount */
     insert into top_up_month as m (account_id, month, cap_minor, committed_minor) values ($1, $2, $4, $3)
     on conflict (account_id, month) do update set cap_minor = excluded.cap_minor,
       committed_minor = m.committed_minor + excluded.committed_minor`,
    [accountId, month, amountMinor, capMinor],
  )
}

export async function returnAmount(tx: Tx, topUp: TopUp): Promise<void> {
  await tx.query(
    `/* billing.returnAmount */
     update top_up_month set committed_minor = committed_minor - $3 where account_id = $1 and month = $2`,
    [topUp.accountId, topUp.month, topUp.amountMinor],
  )
}

/** Money that was taken although its top-up had been given up: it is counted, whatever the cap says. */
export async function commitLate(tx: Tx, topUp: TopUp): Promise<void> {
  await tx.query(
    `/* billing.commitLate */
     update top_up_month set committed_minor = committed_minor + $3, cap_minor = greatest(cap_minor, committed_minor + $3)
     where account_id = $1 and month = $2`,
    [topUp.accountId, topUp.month, topUp.amountMinor],
  )
}
