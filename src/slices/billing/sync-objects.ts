import { AppError } from '../../kernel/errors.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { BillingDeps } from './billing-deps.js'
import type { ObjectKind, ObjectRef } from './domain/stripe-objects.js'
import { readDirty, writeProblem } from './store/objects.js'
import { syncCustomer } from './sync-customer.js'
import { syncInvoice } from './sync-invoice.js'
import type { SyncOutcome } from './sync-outcome.js'
import { syncPayment } from './sync-payment.js'
import { syncSession } from './sync-session.js'
import { syncSubscription } from './sync-subscription.js'

const syncs: Readonly<Record<ObjectKind, (deps: BillingDeps, id: string) => Promise<SyncOutcome>>> = {
  payment: syncPayment,
  invoice: syncInvoice,
  subscription: syncSubscription,
  session: syncSession,
  customer: syncCustomer,
}

/** Fetches one object as it is now and applies it. */
export async function syncObject(deps: BillingDeps, ref: ObjectRef): Promise<SyncOutcome> {
  return syncs[ref.kind](deps, ref.id)
}

const FIRST_DELAY_MS = 2_000
const DELAY_MAX_MS = 600_000

/**
 * One pass over the objects that changed at Stripe, oldest mark first. An object whose fetch fails waits longer each time,
 * for ever if need be: money is behind it. Safe in several processes at once; at worst one fetches in vain.
 */
export async function syncDirty(
  deps: BillingDeps,
  options: { limit: number },
): Promise<{ read: number; changed: number; failed: number }> {
  const dirty = await readDirty(deps.db, deps.clock.now().toJSDate(), options.limit)
  const result = { read: dirty.length, changed: 0, failed: 0 }
  for (const { tries, ...ref } of dirty) {
    try {
      if ((await syncObject(deps, ref)) === 'changed') result.changed += 1
    } catch (error) {
      result.failed += 1
      deps.log.warn({ objectId: ref.id, err: error }, 'billing.sync.failed')
      await putOff(deps, ref.id, tries, error)
    }
  }
  return result
}

async function putOff(deps: BillingDeps, id: string, tries: number, error: unknown): Promise<void> {
  const delayMs = Math.min(DELAY_MAX_MS, FIRST_DELAY_MS * 2 ** Math.min(tries, 20))
  const retryAt = deps.clock.now().plus({ milliseconds: delayMs }).toJSDate()
  const problem = error instanceof AppError ? error.code : error instanceof Error ? error.name : 'unknown'
  await inTransaction(deps.db, { name: 'billing.putOff' }, (tx) => writeProblem(tx, id, { problem, retryAt }))
}
