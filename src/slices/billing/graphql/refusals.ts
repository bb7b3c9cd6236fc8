import { commonRefusals, type RefusalTable } from '../../../platform/graphql/index.js'

const off = {
  'billing-off': {
    message: 'No payment provider is set up here.',
    remedy: 'Set STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET, or ask the platform.',
  },
} as const

export const linkRefusals = {
  ...off,
  ...commonRefusals,
  'nothing-to-confirm': {
    message: 'This top-up does not wait for a confirmation.',
    remedy: 'Look at how it stands now.',
  },
} as const satisfies RefusalTable<string>

export const warningRefusals = {
  ...off,
  'not-found': commonRefusals['not-found'],
  'reason-missing': {
    message: 'Nothing is cleared without a reason.',
    remedy: 'Say in 1 to 500 characters what you found.',
  },
  'nothing-to-clear': {
    message: 'No fraud warning of this payment waits to be cleared.',
    remedy: 'There is nothing to do.',
  },
} as const satisfies RefusalTable<string>

export const orderRefusals = {
  ...off,
  'idempotency-key-reused': commonRefusals['idempotency-key-reused'],
  'not-for-sale': {
    message: 'This is not on the price list.',
    remedy: 'Choose a code of the price list, a pack to buy credits and a plan to subscribe.',
  },
  'order-expired': {
    message: 'This order was not opened in time.',
    remedy: 'Order again with a new idempotency key.',
  },
  'has-a-plan': {
    message: 'The account has a subscription that has not ended.',
    remedy: 'Change its plan, or cancel it first.',
  },
} as const satisfies RefusalTable<string>

export const planRefusals = {
  ...off,
  'no-plan': { message: 'The account has no subscription.', remedy: 'Subscribe to a plan first.' },
  'not-for-sale': orderRefusals['not-for-sale'],
  'same-plan': { message: 'The account has this plan already.', remedy: 'There is nothing to do.' },
  'payment-declined': {
    message: 'The card was declined; the plan is as it was.',
    remedy: 'Give another card in the customer portal, then change the plan again.',
  },
} as const satisfies RefusalTable<string>

export const topUpRefusals = {
  ...off,
  'no-card': {
    message: 'No card is saved that could be charged.',
    remedy: 'Buy credits once, or add a card in the customer portal.',
  },
  'out-of-range': {
    message: 'A number is out of range.',
    remedy: 'Give whole numbers between 1 and 10,000,000.',
  },
  'target-below-threshold': {
    message: 'The target must be above the threshold.',
    remedy: 'Raise the target or lower the threshold.',
  },
  'cap-too-small': {
    message: 'A single top-up would cost more than the month may.',
    remedy: 'Raise the monthly cap, or buy fewer credits at a time.',
  },
} as const satisfies RefusalTable<string>
