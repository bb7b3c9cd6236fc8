import type { AccountId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { eventTypesProblem, type EventTypesProblem } from './create-endpoint.js'
import { checkUrl, type UrlProblem } from './http/check-url.js'
import type { EndpointDeps } from './endpoint-deps.js'
import { insertEndpointChange, lockEndpoint, writeEndpoint, type Endpoint } from './store/endpoint-rows.js'

/** What is left out stays as it is. */
export interface EndpointUpdate {
  url?: string
  description?: string
  eventTypes?: readonly string[]
  enabled?: boolean
  /** When it is switched on: leaves out what happened while it was off, instead of going on where it stopped. */
  skipsMissed?: boolean
  actor: string
}

export type UpdateEndpointResult =
  { ok: true } | { ok: false; reason: 'not-found' | UrlProblem | EventTypesProblem }

/**
 * Changes an endpoint. Switched off, nothing is sent to it and what happens is not lost: switched on it goes on where it
 * stopped, unless told to leave that out. Other events are those that are followed from its place in the log on. Deliveries that
 * wait go to the new address.
 */
export async function updateEndpoint(
  { db, clock, webhookTargets }: EndpointDeps,
  accountId: AccountId,
  endpointId: string,
  update: EndpointUpdate,
): Promise<UpdateEndpointResult> {
  const checked = update.url === undefined ? null : checkUrl(update.url, webhookTargets)
  if (checked?.ok === false) return checked
  const eventTypes = update.eventTypes === undefined ? null : [...new Set(update.eventTypes)]
  const problem = eventTypes === null ? null : eventTypesProblem(eventTypes)
  if (problem !== null) return { ok: false, reason: problem }
  return inTransaction(db, { name: 'endpoints.update', accountId }, async (tx) => {
    const before = await lockEndpoint(tx, accountId, endpointId)
    if (before === null) return { ok: false, reason: 'not-found' }
    const now = clock.now().toJSDate()
    const after: Endpoint = {
      ...before,
      url: checked?.url ?? before.url,
      description: update.description ?? before.description,
      eventTypes: eventTypes ?? before.eventTypes,
      ...stateOf(before, update.enabled),
    }
    const isSwitchedOn = before.state === 'disabled' && after.state === 'enabled'
    const skipsMissed = isSwitchedOn && update.skipsMissed === true
    const changed = changes(before, after)
    if (Object.keys(changed).length === 0) return { ok: true }
    await writeEndpoint(tx, endpointId, { ...after, skipsMissed, now })
    const details = skipsMissed ? { ...changed, skipped: 'what was missed' } : changed
    await insertEndpointChange(tx, after, { kind: 'webhook_changed', actor: update.actor, details, at: now })
    return { ok: true }
  })
}

function stateOf(
  { state, disabledReason }: Endpoint,
  enabled: boolean | undefined,
): Pick<Endpoint, 'state' | 'disabledReason'> {
  if (enabled === true) return { state: 'enabled', disabledReason: null }
  if (enabled === false && state === 'enabled') return { state: 'disabled', disabledReason: 'by_user' }
  return { state, disabledReason }
}

/** For the history. The address is named by its host there: what stands behind may be a secret of the receiver. */
function changes(before: Endpoint, after: Endpoint): Record<string, unknown> {
  return {
    ...(before.url === after.url ? {} : { address: `was at ${new URL(before.url).host}` }),
    ...(before.description === after.description ? {} : { description: after.description }),
    ...(before.eventTypes.join() === after.eventTypes.join() ? {} : { events: after.eventTypes }),
    ...(before.state === after.state ? {} : { state: after.state }),
  }
}
