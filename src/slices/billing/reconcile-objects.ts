import type { BillingDeps } from './billing-deps.js'
import type { ObjectKind, ObjectRef } from './domain/stripe-objects.js'
import type { FoundObjects } from './provider-types.js'
import { heldSince } from './store/objects.js'
import { syncObject } from './sync-objects.js'

/** Long enough for every event to have come, and for most money to have gone back. */
const WINDOW_DAYS = 35

export interface Reconciliation {
  checked: number
  /** Objects of which we had not known everything, by kind: an event of each was lost. */
  changed: Readonly<Record<ObjectKind, number>>
  failed: number
}

/**
 * Compares everything of the last weeks with Stripe's own objects, through the same functions that events go through: what
 * we had not known is applied, what makes no sense, or is ours and not there, becomes an open difference. Rare events are never sent at all, so
 * this looks at objects and at no event.
 */
export async function reconcileObjects(
  deps: BillingDeps,
  options: { signal?: AbortSignal; days?: number } = {},
): Promise<Reconciliation> {
  const since = deps.clock
    .now()
    .minus({ days: options.days ?? WINDOW_DAYS })
    .toJSDate()
  const refs = unite(toRefs(await deps.provider.listSince(since)), await heldSince(deps.db, since))
  const changed: Record<ObjectKind, number> = {
    payment: 0,
    invoice: 0,
    subscription: 0,
    session: 0,
    customer: 0,
  }
  let failed = 0
  for (const ref of refs) {
    if (options.signal?.aborted === true) break
    try {
      if ((await syncObject(deps, ref)) === 'changed') changed[ref.kind] += 1
    } catch (error) {
      failed += 1
      deps.log.warn({ objectId: ref.id, err: error }, 'billing.reconcile.failed')
    }
  }
  deps.log.info({ checked: refs.length, changed, failed }, 'billing.reconciled')
  return { checked: refs.length, changed, failed }
}

/** What we hold and Stripe does not list is asked for as well: it must be there. */
function unite(listed: readonly ObjectRef[], held: readonly ObjectRef[]): ObjectRef[] {
  return [...new Map([...listed, ...held].map((ref) => [ref.id, ref])).values()]
}

/** Payments last: what they pay for is known by then. */
function toRefs(found: FoundObjects): ObjectRef[] {
  const of = (kind: ObjectKind, ids: readonly string[]): ObjectRef[] => ids.map((id) => ({ kind, id }))
  return [
    ...of('session', found.sessions),
    ...of('subscription', found.subscriptions),
    ...of('invoice', found.invoices),
    ...of('payment', found.payments),
  ]
}
