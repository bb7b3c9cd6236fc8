import type { AccountId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { EndpointDeps } from './endpoint-deps.js'
import { giveUpWaiting } from './store/delivery-rows.js'
import { insertEndpointChange, lockEndpoint, writeEndpoint } from './store/endpoint-rows.js'
import { deleteSecrets } from './store/secret-rows.js'

/**
 * Ends an endpoint for good: nothing more is sent to it, what waits is given up, its secrets are gone. A call that is under way
 * is not taken back. The row stays for the history. Without the lock of the account: what waits may be thousands of rows.
 */
export async function deleteEndpoint(
  { db, clock }: Pick<EndpointDeps, 'db' | 'clock'>,
  accountId: AccountId,
  { endpointId, actor }: { endpointId: string; actor: string },
): Promise<{ ok: true } | { ok: false; reason: 'not-found' }> {
  return inTransaction(db, { name: 'endpoints.delete' }, async (tx) => {
    const endpoint = await lockEndpoint(tx, accountId, endpointId)
    if (endpoint === null) return { ok: false, reason: 'not-found' }
    const now = clock.now().toJSDate()
    const change = { ...endpoint, state: 'deleted' as const, disabledReason: null, skipsMissed: false, now }
    await writeEndpoint(tx, endpointId, change)
    await giveUpWaiting(tx, endpointId, now)
    await deleteSecrets(tx, endpointId)
    const details = { description: endpoint.description }
    await insertEndpointChange(tx, endpoint, { kind: 'webhook_deleted', actor, details, at: now })
    return { ok: true }
  })
}
