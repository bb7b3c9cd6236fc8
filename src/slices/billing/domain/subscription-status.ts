/** What the gate knows; the words of the accounts slice. */
export type ControlState =
  'active' | 'trialing' | 'past_due' | 'paused' | 'unpaid' | 'canceled' | 'incomplete'

export interface SubscriptionFacts {
  status: string
  collectionPaused: boolean
}

const states: Readonly<Record<string, ControlState>> = {
  active: 'active',
  trialing: 'trialing',
  past_due: 'past_due',
  paused: 'paused',
  unpaid: 'unpaid',
  canceled: 'canceled',
  incomplete: 'incomplete',
  incomplete_expired: 'canceled',
}

/**
 * One subscription in the gate's words. A paused collection leaves Stripe's status at `active`, and pays for nothing: it
 * counts as paused. A status that nobody knows yet counts as incomplete, which lets nothing out.
 */
export function controlStateOf({ status, collectionPaused }: SubscriptionFacts): ControlState {
  const state = Object.hasOwn(states, status) ? (states[status] ?? 'incomplete') : 'incomplete'
  return collectionPaused && (state === 'active' || state === 'trialing') ? 'paused' : state
}

/** Best first: an account with an old, ended subscription and a new one lives by the new one. */
const order: readonly ControlState[] = [
  'active',
  'trialing',
  'past_due',
  'unpaid',
  'paused',
  'incomplete',
  'canceled',
]

/** The state of an account with these subscriptions; null without any: then an administrator's word stands. */
export function accountStateOf(subscriptions: readonly SubscriptionFacts[]): ControlState | null {
  const found = new Set(subscriptions.map(controlStateOf))
  return order.find((state) => found.has(state)) ?? null
}

/** A subscription that is over for good; the account may begin another. */
export function hasEnded(facts: Pick<SubscriptionFacts, 'status'>): boolean {
  return facts.status === 'canceled' || facts.status === 'incomplete_expired'
}
