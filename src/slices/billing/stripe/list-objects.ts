import type Stripe from 'stripe'
import { eventTypes } from '../domain/stripe-objects.js'
import type { FoundEvent, FoundObjects } from '../provider-types.js'
import { dateOf, secondsOf, idOf } from './read-fields.js'

const PAGE = 100
/** `events.list` takes no more types than this. */
const TYPES_MAX = 20

export async function listSince(stripe: Stripe, since: Date): Promise<FoundObjects> {
  const created = { gte: secondsOf(since) }
  const page = { created, limit: PAGE }
  const payments = new Set(await ids(stripe.paymentIntents.list(page), (intent) => intent.id))
  // Money goes back on payments that may be older than the window.
  for (const id of await ids(stripe.refunds.list(page), (refund) => idOf(refund.payment_intent)))
    payments.add(id)
  for (const id of await ids(stripe.disputes.list(page), (dispute) => idOf(dispute.payment_intent)))
    payments.add(id)
  return {
    payments: [...payments],
    invoices: await ids(stripe.invoices.list(page), (invoice) => invoice.id),
    sessions: await ids(stripe.checkout.sessions.list(page), (session) => session.id),
    // A subscription lives for years: all that have not ended, and those that began since.
    subscriptions: [
      ...new Set([
        ...(await ids(stripe.subscriptions.list({ status: 'all', ...page }), ({ id }) => id)),
        ...(await ids(stripe.subscriptions.list({ limit: PAGE }), ({ id }) => id)),
      ]),
    ],
  }
}

async function ids<Item>(list: AsyncIterable<Item>, read: (item: Item) => string | null): Promise<string[]> {
  const found: string[] = []
  for await (const item of list) {
    const id = read(item)
    if (id !== null) found.push(id)
  }
  return found
}

/** All of the span: it comes newest first, so a cut would lose the oldest. The caller keeps the span short. */
export async function listEvents(stripe: Stripe, since: Date, until: Date): Promise<FoundEvent[]> {
  const found = new Map<string, FoundEvent>()
  const created = { gte: secondsOf(since), lte: secondsOf(until) }
  for (let first = 0; first < eventTypes.length; first += TYPES_MAX) {
    const types = eventTypes.slice(first, first + TYPES_MAX)
    for await (const event of stripe.events.list({ types, created, limit: PAGE })) {
      const { id, type } = event
      found.set(id, { id, type, createdAt: dateOf(event.created), body: JSON.stringify(event) })
    }
  }
  return [...found.values()].sort((left, right) => left.createdAt.getTime() - right.createdAt.getTime())
}
