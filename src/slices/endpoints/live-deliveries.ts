import type { AccountId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import type { EventListener } from '../../platform/realtime/event-listener.js'
import { liveSnapshots } from '../../platform/realtime/live-query.js'
import { COUNT_MAX } from './domain/limits.js'
import { readLogState, type LogState } from './store/delivery-lists.js'

const MIN_INTERVAL_MS = 500

/**
 * How the delivery log of an endpoint stands, and then each time that it stands otherwise. Deliveries wake nobody, so that
 * they cost those who send texts nothing: it is asked again after every event of the account, and every two seconds besides.
 */
export function liveDeliveries(
  deps: { db: Db; events: EventListener },
  accountId: AccountId,
  endpointId: string,
): AsyncGenerator<LogState | null, void, undefined> {
  return liveSnapshots({
    listener: deps.events,
    accountId,
    key: `webhook-log:${accountId}:${endpointId}`,
    minIntervalMs: MIN_INTERVAL_MS,
    read: () => readLogState(deps.db, accountId, endpointId, COUNT_MAX),
  })
}
