import { newId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { crashPoint } from '../../platform/faults/crash-point.js'
import { CALLS_PER_ENDPOINT_MAX, CALLS_WHILE_FAILING_MAX, LEASE_MS } from './domain/limits.js'
import type { CallOutcome } from './domain/call-outcome.js'
import type { DeliverDeps } from './endpoint-deps.js'
import { signCall } from './http/sign-call.js'
import { settleDelivery } from './settle-delivery.js'
import { readDue, takeDeliveries, type TakenDelivery } from './store/delivery-rows.js'
import { readSecrets } from './store/secret-rows.js'

/**
 * Takes what is due, at most so many: `sending`, with a lease, committed. Whoever dies with it leaves it to the next one when
 * the lease has ended: at least once, always under the same id.
 */
export async function takeDue({ db, clock }: DeliverDeps, limit: number): Promise<TakenDelivery[]> {
  const now = clock.now().toJSDate()
  const limits = { now, limit, perEndpoint: CALLS_PER_ENDPOINT_MAX, perFailing: CALLS_WHILE_FAILING_MAX }
  const ids = await readDue(db, limits)
  if (ids.length === 0) return []
  const until = new Date(now.getTime() + LEASE_MS)
  return inTransaction(db, { name: 'endpoints.take' }, (tx) =>
    takeDeliveries(tx, ids, { lease: newId(), until, now }),
  )
}

/** One try, with no transaction open, and what became of it. */
export async function sendDelivery(deps: DeliverDeps, taken: TakenDelivery): Promise<void> {
  const outcome = await call(deps, taken)
  crashPoint('endpoints.post:answered')
  await settleDelivery(deps, taken, outcome)
}

async function call(
  { db, clock, webhookVault, poster }: DeliverDeps,
  { id, endpointId, url, body }: TakenDelivery,
): Promise<CallOutcome> {
  const at = clock.now().toJSDate()
  const sealed = await readSecrets(db, [endpointId], at)
  const secrets = sealed.flatMap((one) => webhookVault?.open(endpointId, one.sealed) ?? [])
  // With the present one missing the receiver could not know that it is us.
  if (sealed[0] === undefined || webhookVault?.open(endpointId, sealed[0].sealed) == null)
    return { problem: 'secret-unreadable', status: null, answer: null, durationMs: 0 }
  return poster.post({ url, body, headers: signCall({ id, body, at }, secrets) })
}
