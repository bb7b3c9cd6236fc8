import type { TransitionTable } from '../../../kernel/transitions.js'

/**
 * `waiting`: for its first or next try, or because its endpoint is switched off. `sending`: a process has it, for as long as
 * its lease lasts. `failed`: it had all its tries, or its endpoint is gone. Somebody may ask for what ended once more.
 */
export const deliveryStates = ['waiting', 'sending', 'delivered', 'failed'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** The database holds the same rows (webhook_delivery_transition) and refuses every other move. */
export const deliveryTransitions: TransitionTable<DeliveryState> = {
  waiting: ['sending', 'failed'],
  sending: ['delivered', 'waiting', 'failed'],
  delivered: ['waiting'],
  failed: ['waiting'],
}

/** Why an endpoint gets nothing. */
export const disabledReasons = ['by_user', 'gone', 'failing', 'secret_unreadable'] as const
export type DisabledReason = (typeof disabledReasons)[number]

export type EndpointState = 'enabled' | 'disabled' | 'deleted'

/** Why an endpoint is switched off, and what to do about it. */
export const disabledWords: Readonly<Record<DisabledReason, { message: string; remedy: string }>> = {
  by_user: {
    message: 'Somebody of this account switched it off.',
    remedy: 'Switch it on when its receiver is ready; it goes on where it stopped.',
  },
  gone: {
    message: 'Its receiver answered 410 Gone: it does not want webhooks any more.',
    remedy: 'Correct the address, or let the receiver answer 2xx, then switch it on again.',
  },
  failing: {
    message: 'Every try failed for five days.',
    remedy:
      'Look at the answers in the delivery log and repair the receiver; then switch it on again and resend what failed.',
  },
  secret_unreadable: {
    message: 'Its secret cannot be read any more: the secret of this installation was changed.',
    remedy: 'Roll the secret, give the new one to the receiver, then switch the endpoint on again.',
  },
}
