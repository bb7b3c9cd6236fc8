import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'

export interface Invoice {
  id: string
  accountId: AccountId
  subscriptionId: string | null
  number: string | null
  status: string
  reason: string | null
  currency: string
  totalMinor: number
  paidMinor: number
  hostedUrl: string | null
  attempts: number
  nextAttemptAt: Date | null
  createdAt: Date
}

/** Writes what Stripe says now. True when something of it was not known. */
export async function upsertInvoice(tx: Tx, invoice: Invoice): Promise<boolean> {
  const rows = await tx.query(
    `/* billing.upsertInvoice */
     insert into billing_invoice as i (id, account_id, subscription_id, number, status, reason, currency, total_minor, paid_minor,
       hosted_url, attempts, next_attempt_at, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict (id) do update set number = excluded.number, status = excluded.status, total_minor = excluded.total_minor,
       paid_minor = excluded.paid_minor, hosted_url = excluded.hosted_url, attempts = excluded.attempts,
       next_attempt_at = excluded.next_attempt_at
     where (i.status, i.total_minor, i.paid_minor, i.attempts)
       is distinct from (excluded.status, excluded.total_minor, excluded.paid_minor, excluded.attempts)
     returning id`,
    [
      invoice.id,
      invoice.accountId,
      invoice.subscriptionId,
      invoice.number,
      invoice.status,
      invoice.reason,
      invoice.currency,
      invoice.totalMinor,
      invoice.paidMinor,
      invoice.hostedUrl,
      invoice.attempts,
      invoice.nextAttemptAt,
      invoice.createdAt,
    ],
  )
  return rows.length === 1
}

export async function listInvoices(
  db: Db,
  accountId: AccountId,
  page: { after: readonly [string, string] | null; limit: number },
): Promise<Invoice[]> {
  return readQuery<Invoice>(
    db,
    `/* billing.listInvoices */
     select id, account_id as "accountId", subscription_id as "subscriptionId", number, status, reason, currency,
       total_minor::float8 as "totalMinor", paid_minor::float8 as "paidMinor", hosted_url as "hostedUrl", attempts,
       next_attempt_at as "nextAttemptAt", created_at as "createdAt"
     from billing_invoice
     where account_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3)) order by created_at desc, id desc limit $4`,
    [accountId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit],
  )
}
