import type { AccountId } from '../../../kernel/ids.js'
import type { Tx } from '../../../platform/db/transaction.js'

/** What a purchase is of: exactly one of these. */
export interface PurchaseSource {
  orderId?: string
  topUpId?: string
  invoiceId?: string
}

export interface Purchase {
  id: string
  accountId: AccountId
  orderId: string | null
  topUpId: string | null
  invoiceId: string | null
  credits: number
  clawedCredits: number
  moves: number
}

const COLUMNS = `id, account_id as "accountId", order_id as "orderId", top_up_id as "topUpId", invoice_id as "invoiceId",
  credits::float8 as credits, clawed_credits::float8 as "clawedCredits", moves`

export async function lockPurchase(tx: Tx, accountId: AccountId, id: string): Promise<Purchase | null> {
  const [row] = await tx.query<Purchase>(
    `/* billing.lockPurchase */ select ${COLUMNS} from billing_purchase where account_id = $1 and id = $2 for update`,
    [accountId, id],
  )
  return row ?? null
}

/** The purchase that this order or top-up has become already, whatever payment paid it. */
export async function purchaseOf(tx: Tx, source: PurchaseSource): Promise<string | null> {
  const [row] = await tx.query<{ id: string }>(
    `/* billing.purchaseOf */
     select id from billing_purchase where order_id = $1 or top_up_id = $2 or invoice_id = $3`,
    [source.orderId ?? null, source.topUpId ?? null, source.invoiceId ?? null],
  )
  return row?.id ?? null
}

export async function insertPurchase(
  tx: Tx,
  purchase: PurchaseSource & { id: string; accountId: AccountId; now: Date },
): Promise<void> {
  await tx.query(
    `/* billing.insertPurchase */
     insert into billing_purchase (id, account_id, order_id, top_up_id, invoice_id, created_at) values ($1, $2, $3, $4, $5, $6)`,
    [
      purchase.id,
      purchase.accountId,
      purchase.orderId ?? null,
      purchase.topUpId ?? null,
      purchase.invoiceId ?? null,
      purchase.now,
    ],
  )
}

export async function changePurchase(
  tx: Tx,
  id: string,
  change: { addedCredits: number; clawedCredits: number; moved: boolean },
): Promise<void> {
  await tx.query(
    `/* billing.changePurchase */
     update billing_purchase set credits = credits + $2, clawed_credits = $3, moves = moves + $4::int where id = $1`,
    [id, change.addedCredits, change.clawedCredits, change.moved ? 1 : 0],
  )
}

export interface BillingLot {
  accountId: AccountId
  lotNo: number
  purchaseId: string
  kind: 'grant' | 'restore' | 'rollover'
  subscriptionId: string | null
  code: string | null
  periodEnd: Date | null
  sourceLotNo: number | null
}

export async function insertLot(tx: Tx, lot: BillingLot): Promise<void> {
  await tx.query(
    `/* billing.insertLot */
     insert into billing_lot (account_id, lot_no, purchase_id, kind, subscription_id, code, period_end, source_lot_no)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      lot.accountId,
      lot.lotNo,
      lot.purchaseId,
      lot.kind,
      lot.subscriptionId,
      lot.code,
      lot.periodEnd,
      lot.sourceLotNo,
    ],
  )
}

const LOT_COLUMNS = `account_id as "accountId", lot_no as "lotNo", purchase_id as "purchaseId", kind,
  subscription_id as "subscriptionId", code, period_end as "periodEnd", source_lot_no as "sourceLotNo"`

/** The lots of one purchase, oldest first. */
export async function lotsOf(tx: Tx, purchaseId: string): Promise<BillingLot[]> {
  return tx.query<BillingLot>(
    `/* billing.lotsOf */ select ${LOT_COLUMNS} from billing_lot where purchase_id = $1 order by lot_no`,
    [purchaseId],
  )
}

/** Lots of a subscription whose period ended by then and whose rest was not offered to the next one. */
export async function lotsToRollOver(
  tx: Tx,
  accountId: AccountId,
  subscriptionId: string,
  endedBy: Date,
): Promise<BillingLot[]> {
  return tx.query<BillingLot>(
    `/* billing.lotsToRollOver */
     select ${LOT_COLUMNS} from billing_lot
     where account_id = $1 and subscription_id = $2 and period_end <= $3 and not rolled order by lot_no`,
    [accountId, subscriptionId, endedBy],
  )
}

export async function markRolled(tx: Tx, accountId: AccountId, lotNos: readonly number[]): Promise<void> {
  await tx.query(
    `/* billing.markRolled */ update billing_lot set rolled = true where account_id = $1 and lot_no = any ($2::int[])`,
    [accountId, lotNos],
  )
}

/** The money behind a purchase: all its payments together, and for a period of a plan whether its invoice stands. */
export async function moneyOf(
  tx: Tx,
  purchase: Purchase,
): Promise<{
  paidMinor: number
  refundedMinor: number
  disputedMinor: number
  invoiceStatus: string | null
}> {
  const [row] = await tx.query<{
    paidMinor: number
    refundedMinor: number
    disputedMinor: number
    invoiceStatus: string | null
  }>(
    `/* billing.moneyOf */
     select coalesce(sum(received_minor), 0)::float8 as "paidMinor", coalesce(sum(refunded_minor), 0)::float8 as "refundedMinor",
       coalesce(sum(disputed_minor), 0)::float8 as "disputedMinor",
       (select status from billing_invoice where id = $4) as "invoiceStatus"
     from billing_payment where account_id = $1
       and ((order_id = $2 and 'pi:' || id = $5) or (top_up_id = $3 and 'pi:' || id = $5) or invoice_id = $4)`,
    [purchase.accountId, purchase.orderId, purchase.topUpId, purchase.invoiceId, purchase.id],
  )
  return row ?? { paidMinor: 0, refundedMinor: 0, disputedMinor: 0, invoiceStatus: null }
}
