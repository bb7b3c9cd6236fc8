import { assert } from '../../../kernel/assert.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'

export async function readPriceBook(
  db: Db,
  now: Date,
): Promise<{ version: number; creditsPerSegment: Map<string, number> }> {
  const rows = await readQuery<{ version: number; country: string; credits_per_segment: number }>(
    db,
    `/* credits.readPriceBook */
     select version, country, credits_per_segment from price_book
     where version = (select max(version) from price_book where effective_at <= $1)`,
    [now],
  )
  const [first] = rows
  assert(first !== undefined, 'a price book is in force')
  return {
    version: first.version,
    creditsPerSegment: new Map(rows.map((row) => [row.country, row.credits_per_segment])),
  }
}
