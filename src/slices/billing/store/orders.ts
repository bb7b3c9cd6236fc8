import type { AccountId, Brand } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { OrderState } from '../domain/order-state.js'

export type OrderId = Brand<string, 'OrderId'>

export interface Order {
  id: OrderId
  accountId: AccountId
  kind: 'pack' | 'plan'
  code: string
  credits: number
  amountMinor: number
  currency: string
  state: OrderState
  sessionId: string | null
  sessionUrl: string | null
  createdAt: Date
  expiresAt: Date
}

const COLUMNS = `id, account_id as "accountId", kind, code, credits::float8 as credits, amount_minor::float8 as "amountMinor",
  currency, state, session_id as "sessionId", session_url as "sessionUrl", created_at as "createdAt", expires_at as "expiresAt"`

export async function insertOrder(tx: Tx, order: Order & { idemKey: string }): Promise<void> {
  await tx.query(
    `/* billing.insertOrder */
     insert into billing_order (id, account_id, kind, code, credits, amount_minor, currency, state, idem_key, created_at,
       expires_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $10)`,
    [
      order.id,
      order.accountId,
      order.kind,
      order.code,
      order.credits,
      order.amountMinor,
      order.currency,
      order.state,
      order.idemKey,
      order.createdAt,
      order.expiresAt,
    ],
  )
}

export async function findOrderByKey(tx: Tx, accountId: AccountId, idemKey: string): Promise<Order | null> {
  const [row] = await tx.query<Order>(
    `/* billing.findOrderByKey */ select ${COLUMNS} from billing_order where account_id = $1 and idem_key = $2`,
    [accountId, idemKey],
  )
  return row ?? null
}

/** By its id alone: only for what Stripe says of an order, whose account is then the order's. */
export async function findOrder(db: Db, id: OrderId): Promise<Order | null> {
  const [row] = await readQuery<Order>(
    db,
    `/* billing.findOrder */ select ${COLUMNS} from billing_order where id = $1`,
    [id],
  )
  return row ?? null
}

export async function lockOrder(tx: Tx, accountId: AccountId, id: OrderId): Promise<Order | null> {
  const [row] = await tx.query<Order>(
    `/* billing.lockOrder */ select ${COLUMNS} from billing_order where account_id = $1 and id = $2 for update`,
    [accountId, id],
  )
  return row ?? null
}

export async function listOrders(
  db: Db,
  accountId: AccountId,
  page: { after: string | null; limit: number },
): Promise<Order[]> {
  return readQuery<Order>(
    db,
    `/* billing.listOrders */
     select ${COLUMNS} from billing_order where account_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [accountId, page.after, page.limit],
  )
}

export async function setSession(
  tx: Tx,
  order: { accountId: AccountId; id: OrderId },
  session: { sessionId: string; url: string | null; now: Date },
): Promise<void> {
  await tx.query(
    `/* billing.setSession */
     update billing_order set session_id = $3, session_url = $4, changed_at = $5,
       state = case when state = 'created' then 'open' else state end
     where account_id = $1 and id = $2 and session_id is distinct from $3`,
    [order.accountId, order.id, session.sessionId, session.url, session.now],
  )
}

export async function setOrderState(
  tx: Tx,
  order: { accountId: AccountId; id: OrderId },
  state: OrderState,
  now: Date,
): Promise<void> {
  await tx.query(
    `/* billing.setOrderState */ update billing_order set state = $3, changed_at = $4 where account_id = $1 and id = $2`,
    [order.accountId, order.id, state, now],
  )
}

/**
 * Checkouts of plans that may still be completed, or were just now and have no subscription yet, but for the one with this
 * key. One that waits for a slow payment counts as completed: nothing may ever end it, and its subscription would be known.
 */
export async function openPlanPages(
  db: Db,
  accountId: AccountId,
  exceptKey: string,
  now: Date,
): Promise<string[]> {
  const rows = await readQuery<{ id: string }>(
    db,
    `/* billing.openPlanPages */
     select session_id as id from billing_order o
     where account_id = $1 and kind = 'plan' and idem_key <> $2 and session_id is not null
       and (state = 'open' or (state in ('pending', 'paid') and changed_at > $3::timestamptz - interval '1 hour' and not exists (
         select from billing_subscription s
         where s.account_id = o.account_id and s.created_at >= o.created_at - interval '1 minute')))`,
    [accountId, exceptKey, now],
  )
  return rows.map((row) => row.id)
}

/** Orders that never got an answer, or whose session ran out long ago. */
export async function openOrdersBefore(
  db: Db,
  before: Date,
  limit: number,
): Promise<{ id: OrderId; accountId: AccountId; sessionId: string | null }[]> {
  return readQuery(
    db,
    `/* billing.openOrdersBefore */
     select id, account_id as "accountId", session_id as "sessionId" from billing_order
     where state in ('created', 'open') and expires_at < $1 order by expires_at limit $2`,
    [before, limit],
  )
}
