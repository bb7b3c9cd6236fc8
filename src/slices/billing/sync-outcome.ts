import type { AccountId } from '../../kernel/ids.js'
import { inTransaction, type Tx } from '../../platform/db/transaction.js'
import type { BillingDeps } from './billing-deps.js'
import type { ObjectRef } from './domain/stripe-objects.js'
import { keepDifferences } from './store/differences.js'
import { takeFetch, wasOurs } from './store/objects.js'

/** What a fetch did: `changed` when we had not known it, `stale` when a later fetch was applied before. */
export type SyncOutcome = 'changed' | 'same' | 'stale' | 'not-ours' | 'gone'

export interface Applied {
  changed: boolean
  /** What of the object makes no sense to us; empty when all does. */
  differences: readonly string[]
}

/**
 * Applies one fetch of an object in one transaction under the account's lock, unless a later fetch was applied before: a
 * slow answer never overwrites a newer one. What it could not make sense of is kept as an open difference; what it
 * could is resolved.
 */
export async function applyFetch(
  deps: Pick<BillingDeps, 'db' | 'clock'>,
  fetch: { ref: ObjectRef; ord: string; accountId: AccountId },
  apply: (tx: Tx) => Promise<Applied>,
): Promise<SyncOutcome> {
  const { ref, ord, accountId } = fetch
  return inTransaction(deps.db, { name: `billing.sync.${ref.kind}`, accountId }, async (tx) => {
    if (!(await takeFetch(tx, ref, ord, 'ours'))) return 'stale'
    const { changed, differences } = await apply(tx)
    await keepDifferences(tx, ref, { accountId, what: differences, now: deps.clock.now().toJSDate() })
    return changed ? 'changed' : 'same'
  })
}

/**
 * The object concerns nobody here, or is not there any more; it is not asked for again until an event names it. One that
 * was ours and is not there any more is a difference: nothing is taken back for it without a word of the provider.
 */
export async function applyNothing(
  deps: Pick<BillingDeps, 'db' | 'clock'>,
  fetch: { ref: ObjectRef; ord: string; difference?: string },
  outcome: 'not-ours' | 'gone',
): Promise<SyncOutcome> {
  const { ref, ord, difference } = fetch
  return inTransaction(deps.db, { name: `billing.sync.${ref.kind}` }, async (tx) => {
    const isMissing = outcome === 'gone' && (await wasOurs(tx, ref.id))
    if (!(await takeFetch(tx, ref, ord, isMissing ? 'missing' : outcome))) return 'stale'
    const what = isMissing ? 'missing-at-provider' : difference
    await keepDifferences(tx, ref, {
      accountId: null,
      what: what === undefined ? [] : [what],
      now: deps.clock.now().toJSDate(),
    })
    return outcome
  })
}
