import { newId, type AccountId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { checkUrl, type UrlProblem } from './http/check-url.js'
import { ENDPOINTS_MAX } from './domain/limits.js'
import { isEventType } from './domain/event-types.js'
import type { EndpointDeps } from './endpoint-deps.js'
import { newWebhookSecret } from './seal-secret.js'
import { countEndpoints, insertEndpoint, insertEndpointChange } from './store/endpoint-rows.js'
import { replaceSecret } from './store/secret-rows.js'

export interface NewEndpointInput {
  url: string
  description: string
  eventTypes: readonly string[]
  actor: string
}

export type CreateEndpointResult =
  | { ok: true; endpointId: string; secret: string }
  | { ok: false; reason: UrlProblem | EventTypesProblem | 'too-many-endpoints' | 'no-installation-secret' }

export type EventTypesProblem = 'no-event-types' | 'unknown-event-type'

/**
 * Makes a webhook endpoint of this account, which is told of what happens from now on. The secret is in this answer and nowhere
 * else; the database keeps it sealed, under a key that it does not hold. Refused for addresses that webhooks may not go to, for
 * events that there are not, beyond ten endpoints, and where the installation has no secret to seal with.
 */
export async function createEndpoint(
  { db, clock, webhookVault, webhookTargets }: EndpointDeps,
  accountId: AccountId,
  input: NewEndpointInput,
): Promise<CreateEndpointResult> {
  if (webhookVault === null) return { ok: false, reason: 'no-installation-secret' }
  const checked = checkUrl(input.url, webhookTargets)
  if (!checked.ok) return checked
  const eventTypes = [...new Set(input.eventTypes)]
  const problem = eventTypesProblem(eventTypes)
  if (problem !== null) return { ok: false, reason: problem }
  const id = newId()
  const secret = newWebhookSecret()
  const sealed = webhookVault.seal(id, secret)
  return inTransaction(db, { name: 'endpoints.create', accountId }, async (tx) => {
    if ((await countEndpoints(tx, accountId)) >= ENDPOINTS_MAX)
      return { ok: false, reason: 'too-many-endpoints' }
    const now = clock.now().toJSDate()
    const { description, actor } = input
    const endpoint = { id, accountId, url: checked.url, description, eventTypes, actor, now }
    await insertEndpoint(tx, endpoint)
    await replaceSecret(tx, { id: newId(), endpointId: id, sealed, now, oldExpiresAt: now })
    const details = { description, events: eventTypes }
    await insertEndpointChange(tx, endpoint, { kind: 'webhook_created', actor, details, at: now })
    return { ok: true, endpointId: id, secret }
  })
}

export function eventTypesProblem(eventTypes: readonly string[]): EventTypesProblem | null {
  if (eventTypes.length === 0) return 'no-event-types'
  return eventTypes.every(isEventType) ? null : 'unknown-event-type'
}
