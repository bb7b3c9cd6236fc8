import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'

/** The prices of one version, also when a newer one is in force: a campaign keeps the prices of its start. */
export async function readPriceVersion(
  db: Db,
  version: number,
): Promise<{ version: number; creditsPerSegment: Map<string, number> }> {
  const rows = await readQuery<{ country: string; credits_per_segment: number }>(
    db,
    '/* campaigns.priceVersion */ select country, credits_per_segment from price_book where version = $1',
    [version],
  )
  return { version, creditsPerSegment: new Map(rows.map((row) => [row.country, row.credits_per_segment])) }
}
