import { newId, type AccountId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { TEST_EVENT_TYPE } from './domain/event-types.js'
import { renderBody } from './domain/render-body.js'
import type { EndpointDeps } from './endpoint-deps.js'
import { lockEndpoint } from './store/endpoint-rows.js'
import { insertDeliveries } from './store/follow-rows.js'

export type SendTestResult =
  { ok: true; deliveryId: string } | { ok: false; reason: 'not-found' | 'endpoint-disabled' }

/** Sends an endpoint an event of the type `webhook.test`, on the way that all others take, and into its log as they are. */
export async function sendTestEvent(
  { db, clock }: Pick<EndpointDeps, 'db' | 'clock'>,
  accountId: AccountId,
  endpointId: string,
): Promise<SendTestResult> {
  return inTransaction(db, { name: 'endpoints.test' }, async (tx): Promise<SendTestResult> => {
    const endpoint = await lockEndpoint(tx, accountId, endpointId)
    if (endpoint === null) return { ok: false, reason: 'not-found' }
    if (endpoint.state !== 'enabled') return { ok: false, reason: 'endpoint-disabled' }
    const now = clock.now().toJSDate()
    const id = newId()
    const type = TEST_EVENT_TYPE
    const body = renderBody({ type, at: now, accountId, seq: null, data: { endpointId } })
    await insertDeliveries(tx, endpoint, [{ id, seq: null, part: 0, type, body, eventAt: now }], now)
    return { ok: true, deliveryId: id }
  })
}
