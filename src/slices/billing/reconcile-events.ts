import { inTransaction } from '../../platform/db/transaction.js'
import { storeFound } from '../webhooks/index.js'
import { STRIPE_PROVIDER } from './apply-stripe-events.js'
import type { BillingDeps } from './billing-deps.js'
import { moveCursor, readCursor } from './store/differences.js'

const CURSOR = 'events'
/** Stripe keeps events for thirty days. */
const KEPT_DAYS = 29
/** Who was away for long comes near in steps. */
const SPAN_HOURS_MAX = 24
/** Events become visible a little later than they say that they were made. */
const OVERLAP_MINUTES = 60

/**
 * Looks up what Stripe says has happened and stores what never arrived, next to what did: it is then applied like any
 * other event. Returns how many were missed. The cursor moves only after everything up to it is stored.
 */
export async function reconcileEvents(deps: BillingDeps): Promise<{ read: number; missed: number }> {
  const now = deps.clock.now()
  const cursor = await readCursor(deps.db, CURSOR)
  const oldest = now.minus({ days: KEPT_DAYS }).toJSDate()
  let since = cursor !== null && cursor > oldest ? cursor : oldest
  const total = { read: 0, missed: 0 }
  while (since < now.toJSDate()) {
    const until = new Date(Math.min(now.toMillis(), since.getTime() + SPAN_HOURS_MAX * 3_600_000))
    const found = await storeSpan(deps, since, until)
    total.read += found.read
    total.missed += found.missed
    since = until
  }
  if (total.missed > 0) deps.log.warn({ missed: total.missed }, 'billing.events.missed')
  return total
}

async function storeSpan(
  deps: BillingDeps,
  since: Date,
  until: Date,
): Promise<{ read: number; missed: number }> {
  const events = await deps.provider.listEvents(new Date(since.getTime() - OVERLAP_MINUTES * 60_000), until)
  const { missed } = await storeFound(
    deps.db,
    events.map((event) => ({
      provider: STRIPE_PROVIDER,
      dedupeKey: event.id,
      route: event.type,
      params: { body: event.body },
    })),
  )
  await inTransaction(deps.db, { name: 'billing.moveCursor' }, (tx) =>
    moveCursor(tx, CURSOR, until, deps.clock.now().toJSDate()),
  )
  return { read: events.length, missed }
}
