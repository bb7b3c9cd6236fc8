import Stripe from 'stripe'
import { AppError } from '../../../kernel/errors.js'
import type { Decline } from '../domain/decline-table.js'

export function declineOf(error: {
  code?: string | undefined
  decline_code?: string | undefined
  advice_code?: string | undefined
}): Decline {
  return {
    code: error.code ?? null,
    declineCode: error.decline_code ?? null,
    adviceCode: error.advice_code ?? null,
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing'
}

/** Whether Stripe answered, and the answer was no: nothing came of the request. */
export function isRefusal(error: unknown): error is InstanceType<typeof Stripe.errors.StripeError> {
  return (
    error instanceof Stripe.errors.StripeError &&
    error.statusCode !== undefined &&
    error.statusCode >= 400 &&
    error.statusCode < 500 &&
    error.statusCode !== 409 &&
    error.statusCode !== 429
  )
}

/** An error of the SDK in our words: which kind, its code and request id, and nothing of what was sent. */
export function toOutage(error: unknown, what: string): AppError {
  const known = error instanceof Stripe.errors.StripeError ? error : null
  const refused = isRefusal(error)
  return new AppError({
    code: refused ? 'billing.stripe-refused' : 'billing.stripe-unavailable',
    publicMessage: 'The payment provider cannot be used at the moment.',
    internalMessage: `${what}: ${known?.type ?? 'error'} ${known?.code ?? ''} ${known?.requestId ?? ''}`,
    retry: refused ? 'never' : 'later',
    cause: error,
  })
}
