import { assert } from '../../../kernel/assert.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'

export interface Price {
  country: string
  creditsPerSegment: number
}

export interface StoredPriceBook {
  version: number
  effectiveAt: Date
  publishedBy: string
  /** By country. */
  prices: Price[]
}

interface PriceRow {
  version: number
  country: string
  credits_per_segment: number
  effective_at: Date
  published_by: string
}

const COLUMNS = 'version, country, credits_per_segment, effective_at, published_by'

function toBooks(rows: readonly PriceRow[]): StoredPriceBook[] {
  const books = new Map<number, StoredPriceBook>()
  for (const row of rows) {
    const { version, effective_at: effectiveAt, published_by: publishedBy } = row
    const book = books.get(version) ?? { version, effectiveAt, publishedBy, prices: [] }
    book.prices.push({ country: row.country, creditsPerSegment: row.credits_per_segment })
    books.set(version, book)
  }
  return [...books.values()]
}

/** The newest version whose moment has come. */
export async function readPriceBook(db: Db, now: Date): Promise<StoredPriceBook> {
  const rows = await readQuery<PriceRow>(
    db,
    `/* credits.readPriceBook */
     select ${COLUMNS} from price_book
     where version = (select max(version) from price_book where effective_at <= $1) order by country`,
    [now],
  )
  const [book] = toBooks(rows)
  assert(book !== undefined, 'a price book is in force')
  return book
}

/** The newest versions, newest first, those to come among them. */
export async function readPriceBooks(db: Db, limit: number): Promise<StoredPriceBook[]> {
  const rows = await readQuery<PriceRow>(
    db,
    `/* credits.readPriceBooks */
     select ${COLUMNS} from price_book
     where version > (select max(version) from price_book) - $1::int order by version desc, country`,
    [limit],
  )
  return toBooks(rows)
}

/** Lets one publisher in at a time; readers do not wait. */
export async function lockPriceBook(tx: Tx): Promise<void> {
  await tx.query('/* credits.lockPriceBook */ lock table price_book in share row exclusive mode')
}

export async function latestPriceBook(tx: Tx): Promise<{ version: number; effectiveAt: Date }> {
  const [row] = await tx.query<{ version: number; effective_at: Date }>(
    '/* credits.latestPriceBook */ select version, effective_at from price_book order by version desc limit 1',
  )
  assert(row !== undefined, 'the first version of the price book came with its table')
  return { version: row.version, effectiveAt: row.effective_at }
}

export async function insertPriceBook(tx: Tx, book: StoredPriceBook): Promise<void> {
  await tx.query(
    `/* credits.insertPriceBook */
     insert into price_book (version, country, credits_per_segment, effective_at, published_by)
     select $1, country, price, $2, $3 from unnest($4::text[], $5::int[]) as p (country, price)`,
    [
      book.version,
      book.effectiveAt,
      book.publishedBy,
      book.prices.map((price) => price.country),
      book.prices.map((price) => price.creditsPerSegment),
    ],
  )
}
