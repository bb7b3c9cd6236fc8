import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'

export interface PriceListItem {
  code: string
  kind: 'pack' | 'plan' | 'top_up'
  name: string
  credits: number
  amountMinor: number
  currency: string
  trialDays: number
  trialCredits: number
  rolloverCreditsMax: number
  listed: boolean
}

const COLUMNS = `i.code, i.kind, i.name, i.credits::float8 as credits, i.amount_minor::float8 as "amountMinor", i.currency,
  i.trial_days as "trialDays", i.trial_credits::float8 as "trialCredits", i.rollover_credits_max::float8 as "rolloverCreditsMax",
  i.listed`

export async function readPriceList(db: Db): Promise<PriceListItem[]> {
  return readQuery<PriceListItem>(
    db,
    `/* billing.readPriceList */ select ${COLUMNS} from price_list_item i where listed order by kind, amount_minor, code`,
  )
}

export async function findItem(db: Db, code: string): Promise<PriceListItem | null> {
  const [row] = await readQuery<PriceListItem>(
    db,
    `/* billing.findItem */ select ${COLUMNS} from price_list_item i where code = $1`,
    [code],
  )
  return row ?? null
}

/** What a credit costs when it is topped up. */
export async function topUpPrice(db: Db): Promise<PriceListItem | null> {
  const [row] = await readQuery<PriceListItem>(
    db,
    `/* billing.topUpPrice */ select ${COLUMNS} from price_list_item i where kind = 'top_up' and listed limit 1`,
  )
  return row ?? null
}

export async function insertPrice(tx: Tx, priceId: string, code: string): Promise<void> {
  await tx.query(
    `/* billing.insertPrice */ insert into stripe_price (price_id, code) values ($1, $2) on conflict do nothing`,
    [priceId, code],
  )
}

/** The plans that these prices of Stripe stand for; prices that are not ours are missing. */
export async function plansOfPrices(
  db: Db,
  priceIds: readonly string[],
): Promise<ReadonlyMap<string, PriceListItem>> {
  const rows = await readQuery<PriceListItem & { priceId: string }>(
    db,
    `/* billing.plansOfPrices */
     select p.price_id as "priceId", ${COLUMNS} from stripe_price p join price_list_item i using (code)
     where p.price_id = any ($1::text[]) and i.kind = 'plan'`,
    [priceIds],
  )
  return new Map(rows.map((row) => [row.priceId, row]))
}
