import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'

export interface Customer {
  accountId: AccountId
  customerId: string
  cardId: string | null
}

const COLUMNS = `account_id as "accountId", customer_id as "customerId", card_id as "cardId"`

export async function customerOf(db: Db, accountId: AccountId): Promise<Customer | null> {
  const [row] = await readQuery<Customer>(
    db,
    `/* billing.customerOf */ select ${COLUMNS} from billing_customer where account_id = $1`,
    [accountId],
  )
  return row ?? null
}

export async function accountOfCustomer(db: Db, customerId: string): Promise<AccountId | null> {
  const [row] = await readQuery<{ accountId: AccountId }>(
    db,
    `/* billing.accountOfCustomer */ select account_id as "accountId" from billing_customer where customer_id = $1`,
    [customerId],
  )
  return row?.accountId ?? null
}

export async function accountName(db: Db, accountId: AccountId): Promise<string> {
  const [row] = await readQuery<{ name: string }>(
    db,
    `/* billing.accountName */ select name from account where id = $1`,
    [accountId],
  )
  return row?.name ?? ''
}

/** The first customer of an account stays its customer. */
export async function insertCustomer(
  tx: Tx,
  accountId: AccountId,
  customerId: string,
  now: Date,
): Promise<void> {
  await tx.query(
    `/* billing.insertCustomer */
     insert into billing_customer (account_id, customer_id, created_at) values ($1, $2, $3) on conflict (account_id) do nothing`,
    [accountId, customerId, now],
  )
}

export async function lockCustomer(tx: Tx, accountId: AccountId): Promise<Customer | null> {
  const [row] = await tx.query<Customer>(
    `/* billing.lockCustomer */ select ${COLUMNS} from billing_customer where account_id = $1 for update`,
    [accountId],
  )
  return row ?? null
}

export async function setCard(tx: Tx, accountId: AccountId, cardId: string | null): Promise<void> {
  await tx.query(
    `/* billing.setCard */ update billing_customer set card_id = $2 where account_id = $1 and card_id is distinct from $2`,
    [accountId, cardId],
  )
}

/** The first card that paid becomes the one for top-ups. */
export async function keepFirstCard(tx: Tx, accountId: AccountId, cardId: string): Promise<void> {
  await tx.query(
    `/* billing.keepFirstCard */ update billing_customer set card_id = $2 where account_id = $1 and card_id is null`,
    [accountId, cardId],
  )
}
