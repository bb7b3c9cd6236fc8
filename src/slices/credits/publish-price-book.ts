import type { Db } from '../../platform/db/data-source.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { insertPriceBook, latestPriceBook, lockPriceBook } from './store/price-book.js'

export interface NewPrices {
  /** Credits per segment by country; a country that is missing cannot be texted while this version is in force. */
  prices: readonly { country: string; creditsPerSegment: number }[]
  /** From when on; null for now. */
  effectiveAt: Date | null
  now: Date
  actor: string
  /** The version that the administrator has looked at: somebody else's newer one is not overwritten unseen. */
  afterVersion: number
}

export type PublishResult =
  | { ok: true; version: number }
  | {
      ok: false
      reason:
        | 'no-prices'
        | 'country-invalid'
        | 'country-twice'
        | 'price-out-of-range'
        | 'effective-in-the-past'
        | 'effective-before-latest'
        | 'version-outdated'
    }

const PRICE_CREDITS_MAX = 10_000
const COUNTRIES_MAX = 300

/**
 * A new version of the price book, whole. Versions never change: messages keep the one that they were priced with, and
 * nothing is priced with this one before its moment. Refused when another version appeared in between.
 */
export async function publishPriceBook(db: Db, input: NewPrices): Promise<PublishResult> {
  const refusal = refuse(input)
  if (refusal !== null) return refusal
  const effectiveAt = input.effectiveAt ?? input.now
  return inTransaction(db, { name: 'credits.publishPriceBook' }, async (tx) => {
    await lockPriceBook(tx)
    const latest = await latestPriceBook(tx)
    if (latest.version !== input.afterVersion) return { ok: false, reason: 'version-outdated' }
    if (effectiveAt < latest.effectiveAt) return { ok: false, reason: 'effective-before-latest' }
    const version = latest.version + 1
    await insertPriceBook(tx, { version, effectiveAt, publishedBy: input.actor, prices: [...input.prices] })
    return { ok: true, version }
  })
}

function refuse({ prices, effectiveAt, now }: NewPrices): Extract<PublishResult, { ok: false }> | null {
  if (prices.length === 0 || prices.length > COUNTRIES_MAX) return { ok: false, reason: 'no-prices' }
  if (prices.some(({ country }) => !/^[A-Z]{2}$/.test(country)))
    return { ok: false, reason: 'country-invalid' }
  if (new Set(prices.map(({ country }) => country)).size < prices.length) {
    return { ok: false, reason: 'country-twice' }
  }
  const possible = ({ creditsPerSegment: price }: (typeof prices)[number]): boolean =>
    Number.isSafeInteger(price) && price >= 1 && price <= PRICE_CREDITS_MAX
  if (!prices.every(possible)) return { ok: false, reason: 'price-out-of-range' }
  if (effectiveAt !== null && effectiveAt < now) return { ok: false, reason: 'effective-in-the-past' }
  return null
}
