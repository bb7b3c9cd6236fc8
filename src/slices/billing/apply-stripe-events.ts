import { inTransaction } from '../../platform/db/transaction.js'
import {
  consumeInbox,
  lockWaiting,
  markApplied,
  setAside,
  type ConsumeDeps,
  type ConsumeResult,
  type InboxRow,
} from '../webhooks/index.js'
import { objectsOf } from './domain/stripe-objects.js'
import { markDirty } from './store/objects.js'
import { STRIPE_API_VERSION } from './stripe/connect.js'

/** The inbox's name for what Stripe posts. */
export const STRIPE_PROVIDER = 'stripe'

/**
 * One pass over Stripe's events. An event only marks its objects as changed; they are fetched afterwards, as they are by
 * then. So events may come twice, late, shuffled or not at all, and one may be replayed at any time. One in the shape of
 * another API version is set aside at once, for people to look at: its endpoint is set up wrongly. The objects that it
 * names are fetched all the same, in our own version.
 */
export async function applyStripeEvents(
  deps: ConsumeDeps,
  options: { limit: number } = { limit: 200 },
): Promise<ConsumeResult> {
  return consumeInbox(
    deps,
    {
      provider: STRIPE_PROVIDER,
      group: (rows) => Promise.resolve([rows]),
      apply: (rows) => apply(deps, rows),
    },
    options,
  )
}

async function apply(deps: ConsumeDeps, rows: readonly InboxRow[]): Promise<void> {
  const now = deps.clock.now().toJSDate()
  const read = rows.map((row) => ({ row, event: readStored(row) }))
  await inTransaction(deps.db, { name: 'billing.applyEvents' }, async (tx) => {
    const mine = await lockWaiting(
      tx,
      rows.map((row) => row.id),
    )
    const ours = read.filter(({ row }) => mine.has(row.id))
    for (const { row, event } of ours)
      if (event === null) await setAside(tx, row.id, 'billing.unreadable-event', now)
      else if (event.apiVersion !== STRIPE_API_VERSION) await setAside(tx, row.id, 'billing.api-version', now)
    const good = ours.flatMap(({ row, event }) =>
      event?.apiVersion === STRIPE_API_VERSION
        ? [{ row, refs: objectsOf(event.type, event.object, event.previous) }]
        : [],
    )
    await markDirty(
      tx,
      ours.flatMap(({ event }) =>
        event === null ? [] : objectsOf(event.type, event.object, event.previous),
      ),
    )
    await markApplied(
      tx,
      good.map(({ row, refs }) => ({ id: row.id, outcome: refs.length === 0 ? 'of-no-object' : 'marked' })),
      now,
    )
  })
}

interface StoredEvent {
  type: string
  apiVersion: string | null
  object: unknown
  /** What of it was otherwise before. */
  previous: unknown
}

/** The event as its bytes say it. They were checked when they came. */
function readStored(row: InboxRow): StoredEvent | null {
  const { body } = row.params
  if (typeof body !== 'string') return null
  try {
    const event = JSON.parse(body) as {
      type?: unknown
      api_version?: unknown
      data?: { object?: unknown; previous_attributes?: unknown }
    }
    if (typeof event.type !== 'string') return null
    const apiVersion = typeof event.api_version === 'string' ? event.api_version : null
    return {
      type: event.type,
      apiVersion,
      object: event.data?.object,
      previous: event.data?.previous_attributes,
    }
  } catch {
    return null
  }
}
