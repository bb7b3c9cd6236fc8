/**
 * What a declined charge means for the next one.
 * - `authenticate`: the bank wants its customer to confirm; the same payment intent goes on.
 * - `hard`: this card will not pay, or must not be tried again; automatic top-up ends until somebody looks at it.
 * - `later`: it may pay another day.
 */
export type DeclineClass = 'authenticate' | 'hard' | 'later'

export interface Decline {
  code: string | null
  declineCode: string | null
  adviceCode: string | null
}

const classes: Readonly<Record<string, DeclineClass>> = {
  authentication_required: 'authenticate',
  authentication_not_handled: 'hard',
  do_not_try_again: 'hard',
  confirm_card_data: 'hard',
  try_again_later: 'later',
  lost_card: 'hard',
  stolen_card: 'hard',
  fraudulent: 'hard',
  pickup_card: 'hard',
  restricted_card: 'hard',
  expired_card: 'hard',
  invalid_account: 'hard',
  invalid_number: 'hard',
  incorrect_number: 'hard',
  incorrect_cvc: 'hard',
  invalid_cvc: 'hard',
  card_not_supported: 'hard',
  currency_not_supported: 'hard',
  revocation_of_authorization: 'hard',
  revocation_of_all_authorizations: 'hard',
  stop_payment_order: 'hard',
  transaction_not_allowed: 'hard',
  merchant_blacklist: 'hard',
  payment_method_unactivated: 'hard',
  resource_missing: 'hard',
  insufficient_funds: 'later',
  card_velocity_exceeded: 'later',
  withdrawal_count_limit_exceeded: 'later',
  generic_decline: 'later',
  do_not_honor: 'later',
  call_issuer: 'later',
  issuer_not_available: 'later',
  processing_error: 'later',
  reenter_transaction: 'later',
}

/** The networks' advice outranks the issuer's reason. What nobody knows is tried again, a few times and slowly. */
export function classifyDecline({ code, declineCode, adviceCode }: Decline): DeclineClass {
  if (code === 'authentication_required' || declineCode === 'authentication_required') return 'authenticate'
  for (const word of [adviceCode, declineCode, code]) {
    const found = word !== null && Object.hasOwn(classes, word) ? classes[word] : undefined
    if (found !== undefined) return found
  }
  return 'later'
}

const HOUR_MS = 3_600_000
/** How long automatic top-up rests after the first, second and third decline in a row. */
const restsMs = [HOUR_MS, 6 * HOUR_MS, 24 * HOUR_MS] as const

/** What happens after a decline; `failures` counts it already. Null: switch automatic top-up off. */
export function restAfterDecline(kind: DeclineClass, failures: number): number | null {
  return kind === 'hard' ? null : (restsMs[failures - 1] ?? null)
}
