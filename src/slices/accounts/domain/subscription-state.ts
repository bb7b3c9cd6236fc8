/** As Stripe names them, plus `none` for an account that never had a subscription. */
export const subscriptionStates = [
  'none',
  'active',
  'trialing',
  'past_due',
  'paused',
  'unpaid',
  'canceled',
  'incomplete',
] as const
export type SubscriptionState = (typeof subscriptionStates)[number]

/** Only these two let messages go out. The claim transaction asks the same in SQL. */
export function subscriptionAllowsSending(state: SubscriptionState): boolean {
  return state === 'active' || state === 'trialing'
}
