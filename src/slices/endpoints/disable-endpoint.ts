import type { AccountId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { DisabledReason } from './domain/delivery-state.js'
import type { EndpointDeps } from './endpoint-deps.js'
import { insertEndpointChange, lockEndpoint, writeEndpoint } from './store/endpoint-rows.js'

/**
 * Switches an endpoint off by itself, in its account's history and event log, so that people and other endpoints hear of it.
 * One that is off already stays as it is, and so does one that has got another address than the one that was called. What waits
 * for it stays, and its place in the log: switched on, it goes on there.
 */
export async function disableEndpoint(
  { db, clock }: Pick<EndpointDeps, 'db' | 'clock'>,
  accountId: AccountId,
  { endpointId, url, reason }: { endpointId: string; url: string; reason: DisabledReason },
): Promise<void> {
  await inTransaction(db, { name: 'endpoints.disable', accountId }, async (tx) => {
    const endpoint = await lockEndpoint(tx, accountId, endpointId)
    if (endpoint?.state !== 'enabled' || endpoint.url !== url) return
    const now = clock.now().toJSDate()
    const change = {
      ...endpoint,
      state: 'disabled' as const,
      disabledReason: reason,
      skipsMissed: false,
      now,
    }
    await writeEndpoint(tx, endpointId, change)
    const told = { kind: 'webhook_disabled' as const, actor: null, details: { reason }, at: now }
    await insertEndpointChange(tx, endpoint, told)
    await appendEvent(tx, {
      accountId,
      topic: 'account',
      payload: { kind: 'webhook_disabled', endpointId, reason },
    })
  })
}
