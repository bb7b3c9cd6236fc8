import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'

export interface Payment {
  id: string
  accountId: AccountId
  orderId: string | null
  topUpId: string | null
  invoiceId: string | null
  status: string
  currency: string
  amountMinor: number
  receivedMinor: number
  refundedMinor: number
  disputedMinor: number
  disputeOpen: boolean
  /** Reported as fraud by the bank, with nothing done about it yet. */
  fraudWarned: boolean
  failure: string | null
  receiptUrl: string | null
  createdAt: Date
}

/** Writes what Stripe says now. True when something of it was not known. */
export async function upsertPayment(tx: Tx, payment: Payment): Promise<boolean> {
  const rows = await tx.query(
    `/* billing.upsertPayment */
     insert into billing_payment as p (id, account_id, order_id, top_up_id, invoice_id, status, currency, amount_minor,
       received_minor, refunded_minor, disputed_minor, dispute_open, failure, receipt_url, created_at, fraud_warned)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
     on conflict (id) do update set status = excluded.status, amount_minor = excluded.amount_minor,
       received_minor = excluded.received_minor, refunded_minor = excluded.refunded_minor,
       disputed_minor = excluded.disputed_minor, dispute_open = excluded.dispute_open, failure = excluded.failure,
       fraud_warned = excluded.fraud_warned, receipt_url = excluded.receipt_url
     where (p.status, p.amount_minor, p.received_minor, p.refunded_minor, p.disputed_minor, p.dispute_open, p.fraud_warned,
         p.failure)
       is distinct from (excluded.status, excluded.amount_minor, excluded.received_minor, excluded.refunded_minor,
         excluded.disputed_minor, excluded.dispute_open, excluded.fraud_warned, excluded.failure)
     returning id`,
    [
      payment.id,
      payment.accountId,
      payment.orderId,
      payment.topUpId,
      payment.invoiceId,
      payment.status,
      payment.currency,
      payment.amountMinor,
      payment.receivedMinor,
      payment.refundedMinor,
      payment.disputedMinor,
      payment.disputeOpen,
      payment.failure,
      payment.receiptUrl,
      payment.createdAt,
      payment.fraudWarned,
    ],
  )
  return rows.length === 1
}

/** What about the account's payments keeps it from sending. */
export async function doubtsOf(
  tx: Tx,
  accountId: AccountId,
): Promise<{ disputed: boolean; fraudWarned: boolean }> {
  const [row] = await tx.query<{ disputed: boolean | null; fraudWarned: boolean | null }>(
    `/* billing.doubtsOf */
     select bool_or(dispute_open) as disputed, bool_or(fraud_warned and fraud_cleared_at is null) as "fraudWarned"
     from billing_payment where account_id = $1 and (dispute_open or fraud_warned)`,
    [accountId],
  )
  return { disputed: row?.disputed ?? false, fraudWarned: row?.fraudWarned ?? false }
}

/** Whose payment it is; null when we never saw it. */
export async function accountOfPayment(db: Db, id: string): Promise<AccountId | null> {
  const [row] = await readQuery<{ accountId: AccountId }>(
    db,
    `/* billing.accountOfPayment */ select account_id as "accountId" from billing_payment where id = $1`,
    [id],
  )
  return row?.accountId ?? null
}

export async function isUnclearedWarning(tx: Tx, accountId: AccountId, id: string): Promise<boolean> {
  const rows = await tx.query(
    `/* billing.isUnclearedWarning */
     select 1 from billing_payment where account_id = $1 and id = $2 and fraud_warned and fraud_cleared_at is null`,
    [accountId, id],
  )
  return rows.length > 0
}

/** False when there was nothing to clear. */
export async function clearWarning(
  tx: Tx,
  accountId: AccountId,
  id: string,
  clearance: { actor: string; reason: string; now: Date },
): Promise<boolean> {
  const rows = await tx.query(
    `/* billing.clearWarning */
     update billing_payment set fraud_cleared_at = $3, fraud_cleared_by = $4, fraud_cleared_reason = $5
     where account_id = $1 and id = $2 and fraud_warned and fraud_cleared_at is null returning id`,
    [accountId, id, clearance.now, clearance.actor, clearance.reason],
  )
  return rows.length === 1
}

export async function listPayments(
  db: Db,
  accountId: AccountId,
  page: { after: readonly [string, string] | null; limit: number },
): Promise<Payment[]> {
  return readQuery<Payment>(
    db,
    `/* billing.listPayments */
     select id, account_id as "accountId", order_id as "orderId", top_up_id as "topUpId", invoice_id as "invoiceId", status,
       currency, amount_minor::float8 as "amountMinor", received_minor::float8 as "receivedMinor",
       refunded_minor::float8 as "refundedMinor", disputed_minor::float8 as "disputedMinor", dispute_open as "disputeOpen",
       fraud_warned and fraud_cleared_at is null as "fraudWarned", failure, receipt_url as "receiptUrl", created_at as "createdAt"
     from billing_payment
     where account_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3)) order by created_at desc, id desc limit $4`,
    [accountId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit],
  )
}
