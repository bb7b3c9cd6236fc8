import type { Db } from '../../platform/db/data-source.js'
import { readPriceBook } from './store/price-book.js'

/** Credits per segment by destination country (ISO 3166-1 alpha-2), as of one version. */
export interface PriceBook {
  version: number
  creditsPerSegment: ReadonlyMap<string, number>
}

/** The newest price book that is in force at `now`. A message keeps the version it was priced with. */
export async function currentPriceBook(db: Db, now: Date): Promise<PriceBook> {
  return readPriceBook(db, now)
}

/** Price of one text in credits, or null for a country that has no price and therefore cannot be texted. */
export function priceOf(book: PriceBook, country: string, segments: number): number | null {
  const perSegment = book.creditsPerSegment.get(country)
  return perSegment === undefined ? null : perSegment * segments
}
