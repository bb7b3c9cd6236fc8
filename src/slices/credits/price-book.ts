import type { Db } from '../../platform/db/data-source.js'
import { readPriceBook, readPriceBooks, type Price } from './store/price-book.js'

/** Credits per segment by destination country (ISO 3166-1 alpha-2), as of one version. */
export interface PriceBook {
  version: number
  creditsPerSegment: ReadonlyMap<string, number>
}

/** One version as it was published. */
export interface PublishedPriceBook {
  version: number
  effectiveAt: Date
  publishedBy: string
  /** By country. */
  prices: Price[]
}

/** The newest price book that is in force at `now`. A message keeps the version it was priced with. */
export async function currentPriceBook(db: Db, now: Date): Promise<PriceBook> {
  const { version, prices } = await readPriceBook(db, now)
  return {
    version,
    creditsPerSegment: new Map(prices.map((price) => [price.country, price.creditsPerSegment])),
  }
}

/** The same as published, for showing. */
export async function showPriceBook(db: Db, now: Date): Promise<PublishedPriceBook> {
  return readPriceBook(db, now)
}

const VERSIONS_SHOWN = 50

/** The newest versions, newest first, those to come among them. */
export async function listPriceBooks(db: Db): Promise<PublishedPriceBook[]> {
  return readPriceBooks(db, VERSIONS_SHOWN)
}

/** Price of one text in credits, or null for a country that has no price and therefore cannot be texted. */
export function priceOf(book: PriceBook, country: string, segments: number): number | null {
  const perSegment = book.creditsPerSegment.get(country)
  return perSegment === undefined ? null : perSegment * segments
}
