import Stripe from 'stripe'

export interface VerifiedEvent {
  id: string
  type: string
  apiVersion: string | null
  livemode: boolean
  object: unknown
}

export type Verification =
  | { ok: true; event: VerifiedEvent }
  | { ok: false; reason: 'signature-missing' | 'signature-wrong' | 'not-an-event' }

/** How old a signature may be: Stripe's own tolerance. */
export const SIGNATURE_AGE_SECONDS_MAX = 300

/**
 * Is this Stripe? The signature covers the exact bytes and its own time; one that is older than five minutes, or of
 * none of our secrets, or over other bytes than these, is refused.
 */
export function verifyEvent(
  rawBody: Buffer,
  signature: string | undefined,
  secrets: readonly string[],
  receivedAt: Date,
): Verification {
  if (signature === undefined || signature === '') return { ok: false, reason: 'signature-missing' }
  for (const secret of secrets) {
    try {
      const event = Stripe.webhooks.constructEvent(
        rawBody,
        signature,
        secret,
        SIGNATURE_AGE_SECONDS_MAX,
        undefined,
        receivedAt.getTime(),
      )
      return readEvent(event)
    } catch (error) {
      // The next secret may be the right one while they are being replaced.
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError))
        return { ok: false, reason: 'not-an-event' }
    }
  }
  return { ok: false, reason: 'signature-wrong' }
}

function readEvent(event: unknown): Verification {
  const fields = event as Partial<Record<'id' | 'type' | 'api_version' | 'livemode' | 'data', unknown>>
  const { id, type } = fields
  if (typeof id !== 'string' || typeof type !== 'string' || id === '')
    return { ok: false, reason: 'not-an-event' }
  const data = fields.data as { object?: unknown } | undefined
  return {
    ok: true,
    event: {
      id,
      type,
      apiVersion: typeof fields.api_version === 'string' ? fields.api_version : null,
      livemode: fields.livemode === true,
      object: data?.object,
    },
  }
}
