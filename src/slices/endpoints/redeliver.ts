import type { AccountId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { EndpointDeps } from './endpoint-deps.js'
import { deliveryTypes } from './domain/event-types.js'
import { askAgain, askFailedAgain } from './store/delivery-rows.js'
import { lockEndpoint } from './store/endpoint-rows.js'

type Deps = Pick<EndpointDeps, 'db' | 'clock'>

/** A run of "all that failed" asks for so many at most; the next run goes on. */
const AGAIN_MAX = 5_000

/**
 * Sends one delivery that ended once more, delivered or not, under the same id and with all its tries. Refused while it waits or
 * is being sent: it is on its way already.
 */
export async function redeliver(
  { db, clock }: Deps,
  accountId: AccountId,
  id: string,
): Promise<{ ok: true } | { ok: false; reason: 'not-found-or-waiting' }> {
  const now = clock.now().toJSDate()
  return inTransaction(db, { name: 'endpoints.redeliver' }, async (tx) =>
    (await askAgain(tx, { accountId, id, now }))
      ? { ok: true }
      : { ok: false, reason: 'not-found-or-waiting' },
  )
}

/**
 * Sends what failed of events since a moment once more, the oldest first, 5,000 at most. Safe to repeat. Without the lock of the
 * account: texts must not wait for so many rows.
 */
export async function redeliverFailed(
  { db, clock }: Deps,
  accountId: AccountId,
  { endpointId, since }: { endpointId: string; since: Date },
): Promise<{ ok: true; asked: number } | { ok: false; reason: 'not-found' }> {
  const now = clock.now().toJSDate()
  return inTransaction(db, { name: 'endpoints.redeliverFailed' }, async (tx) => {
    if ((await lockEndpoint(tx, accountId, endpointId)) === null) return { ok: false, reason: 'not-found' }
    const failed = { endpointId, types: deliveryTypes, since, limit: AGAIN_MAX }
    return { ok: true, asked: await askFailedAgain(tx, failed, now) }
  })
}
