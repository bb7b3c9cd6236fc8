import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'

export interface SubscriptionRow {
  id: string
  accountId: AccountId
  status: string
  code: string | null
  priceId: string | null
  itemId: string | null
  collectionPaused: boolean
  pauseCause: string | null
  cancelAt: Date | null
  periodStart: Date | null
  periodEnd: Date | null
  createdAt: Date
  endedAt: Date | null
}

const COLUMNS = `id, account_id as "accountId", status, code, price_id as "priceId", item_id as "itemId",
  collection_paused as "collectionPaused", pause_cause as "pauseCause", cancel_at as "cancelAt", period_start as "periodStart",
  period_end as "periodEnd", created_at as "createdAt", ended_at as "endedAt"`

/** Writes what Stripe says now. True when something of it was not known. */
export async function upsertSubscription(tx: Tx, row: SubscriptionRow): Promise<boolean> {
  const rows = await tx.query(
    `/* billing.upsertSubscription */
     insert into billing_subscription as s (id, account_id, status, code, price_id, item_id, collection_paused, pause_cause,
       cancel_at, period_start, period_end, created_at, ended_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict (id) do update set status = excluded.status, code = excluded.code, price_id = excluded.price_id,
       item_id = excluded.item_id, collection_paused = excluded.collection_paused, pause_cause = excluded.pause_cause,
       cancel_at = excluded.cancel_at, period_start = excluded.period_start, period_end = excluded.period_end,
       ended_at = excluded.ended_at
     where (s.status, s.code, s.price_id, s.collection_paused, s.pause_cause, s.cancel_at, s.period_end, s.ended_at)
       is distinct from (excluded.status, excluded.code, excluded.price_id, excluded.collection_paused, excluded.pause_cause,
         excluded.cancel_at, excluded.period_end, excluded.ended_at)
     returning id`,
    [
      row.id,
      row.accountId,
      row.status,
      row.code,
      row.priceId,
      row.itemId,
      row.collectionPaused,
      row.pauseCause,
      row.cancelAt,
      row.periodStart,
      row.periodEnd,
      row.createdAt,
      row.endedAt,
    ],
  )
  return rows.length === 1
}

export async function subscriptionsLocked(tx: Tx, accountId: AccountId): Promise<SubscriptionRow[]> {
  return tx.query<SubscriptionRow>(
    `/* billing.subscriptionsLocked */
     select ${COLUMNS} from billing_subscription where account_id = $1 order by created_at desc, id desc for update`,
    [accountId],
  )
}

/** Newest first. */
export async function subscriptionsOf(db: Db, accountId: AccountId): Promise<SubscriptionRow[]> {
  return readQuery<SubscriptionRow>(
    db,
    `/* billing.subscriptionsOf */
     select ${COLUMNS} from billing_subscription where account_id = $1 order by created_at desc, id desc limit 50`,
    [accountId],
  )
}
