import type { Clock } from '../../../kernel/clock.js'
import type { Inbox } from '../../webhooks/index.js'
import { STRIPE_PROVIDER } from '../apply-stripe-events.js'
import type { BillingLog } from '../billing-deps.js'
import { verifyEvent } from '../stripe/verify-event.js'

export interface StripeWebhookDeps {
  inbox: Inbox
  clock: Clock
  log: BillingLog
  /** All secrets in force: two while one is being replaced. */
  webhookSecrets: readonly string[]
  /** Whether our key is one for real money. */
  livemode: boolean
  /** Told of each refusal, to be counted. */
  onRefused?: (reason: string) => void
}

interface StripeCall {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly rawBody: Buffer
}

export const stripeWebhookPath = '/webhooks/stripe'
/** Invoices with many lines are larger than other providers' calls. */
export const STRIPE_BODY_BYTES_MAX = 1_048_576

/**
 * An event of Stripe: checked over its exact bytes, stored under its own id, then acknowledged, and applied later. 400 for a
 * signature that is missing, wrong or too old, and for test events in live mode; each refusal is logged with its
 * reason. 503 when too many wait; what is not stored is not acknowledged, and Stripe comes again for days.
 */
export function stripeWebhook(deps: StripeWebhookDeps): {
  path: string
  bodyBytesMax: number
  answer(call: StripeCall): Promise<{ status: number; body?: string }>
} {
  return {
    path: stripeWebhookPath,
    bodyBytesMax: STRIPE_BODY_BYTES_MAX,
    answer: async ({ headers, rawBody }) => {
      const header = headers['stripe-signature']
      const signature = typeof header === 'string' ? header : header?.[0]
      const verified = verifyEvent(rawBody, signature, deps.webhookSecrets, deps.clock.now().toJSDate())
      if (!verified.ok) return refuse(deps, verified.reason)
      const { event } = verified
      if (event.livemode !== deps.livemode) return refuse(deps, 'other-mode', event.id)
      const stored = await deps.inbox.store({
        provider: STRIPE_PROVIDER,
        dedupeKey: event.id,
        route: event.type,
        params: { body: rawBody.toString('utf8') },
      })
      return stored.ok ? { status: 200, body: 'ok' } : { status: 503, body: 'Try again later.' }
    },
  }
}

function refuse(deps: StripeWebhookDeps, reason: string, eventId?: string): { status: number; body: string } {
  deps.onRefused?.(reason)
  deps.log.warn({ reason, ...(eventId === undefined ? {} : { eventId }) }, 'billing.webhook.refused')
  return { status: 400, body: `Refused: ${reason}.` }
}
