import { newId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { readEvents } from '../../platform/realtime/event-log.js'
import { describeEvents } from './describe-events.js'
import { WAITING_MAX } from './domain/limits.js'
import type { DeliverDeps } from './endpoint-deps.js'
import { insertDeliveries, moveCursor, readBehind, type EndpointBehind } from './store/follow-rows.js'

const ENDPOINTS_PER_PASS = 50
const EVENTS_PER_LOOK = 100

type Deps = Pick<DeliverDeps, 'db' | 'clock'>

/** Where the next pass begins, so that everybody has their turn. */
export interface FollowPlace {
  afterId: string
}

export const firstPlace = (): FollowPlace => ({ afterId: '00000000-0000-0000-0000-000000000000' })

/**
 * Follows the accounts' event logs for their endpoints, a page for each, and writes a delivery for each event that an endpoint
 * has chosen. A log has no gaps and is in the order of commits, and the place in it moves in the transaction that writes the
 * deliveries: each event becomes one delivery for each endpoint, whoever dies and however many look at once. What fails for one
 * endpoint holds up no other. Returns how many events were looked at.
 */
export async function followEvents(
  deps: Deps,
  place: FollowPlace,
  onFailure: (error: unknown, endpointId: string) => void = rethrow,
): Promise<number> {
  const behind = await readBehind(deps.db, {
    afterId: place.afterId,
    waitingMax: WAITING_MAX,
    limit: ENDPOINTS_PER_PASS,
  })
  place.afterId = behind.at(-1)?.id ?? place.afterId
  let seen = 0
  for (const endpoint of behind) {
    try {
      seen += await follow(deps, endpoint)
    } catch (error) {
      onFailure(error, endpoint.id)
    }
  }
  return seen
}

function rethrow(error: unknown): never {
  throw error
}

async function follow({ db, clock }: Deps, endpoint: EndpointBehind): Promise<number> {
  const { accountId, throughSeq } = endpoint
  const events = await readEvents(db, { accountId, afterSeq: throughSeq, limit: EVENTS_PER_LOOK })
  const last = events.at(-1)
  if (last === undefined) return 0
  const described = await describeEvents(db, accountId, events, new Set(endpoint.eventTypes))
  const now = clock.now().toJSDate()
  const deliveries = described.map(({ at, ...one }) => ({ id: newId(), eventAt: at, ...one }))
  await inTransaction(db, { name: 'endpoints.follow' }, async (tx) => {
    if (!(await moveCursor(tx, endpoint, last.seq))) return
    await insertDeliveries(tx, endpoint, deliveries, now)
  })
  return events.length
}
