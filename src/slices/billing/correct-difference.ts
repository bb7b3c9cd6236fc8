import type { BillingDeps } from './billing-deps.js'
import { findDifference, openDifferences, type Difference } from './store/differences.js'
import { syncObject } from './sync-objects.js'

export type { Difference } from './store/differences.js'

const SHOWN_MAX = 500
const idShape = /^[1-9]\d{0,17}$/

/** What Stripe has and we cannot make sense of, oldest first. */
export async function listDifferences({ db }: Pick<BillingDeps, 'db'>): Promise<Difference[]> {
  return openDifferences(db, SHOWN_MAX)
}

export type CorrectDifferenceResult = { ok: true; resolved: boolean } | { ok: false; reason: 'not-found' }

/**
 * Fetches the object of a difference again and applies it: after its cause is gone (a price was added, an order restored)
 * this is all that is left to do. Says whether it agrees now.
 */
export async function correctDifference(deps: BillingDeps, id: string): Promise<CorrectDifferenceResult> {
  const found = idShape.test(id) ? await findDifference(deps.db, id) : null
  if (found === null) return { ok: false, reason: 'not-found' }
  await syncObject(deps, { kind: found.objectKind, id: found.objectId })
  return { ok: true, resolved: (await findDifference(deps.db, id)) === null }
}
