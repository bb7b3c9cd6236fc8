import express, { Router, type Request } from 'express'
import type { Logger } from '../platform/observability/logger.js'
import { stripeWebhook } from '../slices/billing/index.js'
import { twilioWebhooks } from '../slices/messages/index.js'
import { createInbox } from '../slices/webhooks/index.js'
import type { AppContext } from './app-context.js'
import { refusedWebhooks } from './billing/billing-metrics.js'

/** A provider's call as it arrived, before anybody believes a word of it. */
export interface WebhookCall {
  readonly params: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Path and query as requested. Signatures are computed over PUBLIC_BASE_URL + this, never over a Host header. */
  readonly pathAndQuery: string
  /** The exact bytes, because some signatures cover them. */
  readonly rawBody: Buffer
}

export interface WebhookAnswer {
  readonly status: number
  readonly contentType?: string
  readonly body?: string
}

/** Verifies the signature, stores the call, answers. What the call means is worked out later, from the store. */
export interface WebhookRoute {
  /** As Express writes paths: `/webhooks/twilio/status/:attemptToken`. */
  readonly path: string
  /** Of the body; what most calls need unless said. */
  readonly bodyBytesMax?: number
  answer(call: WebhookCall): Promise<WebhookAnswer>
}

/** A status report is a few hundred bytes; this leaves room for the longest inbound text with all its fields. */
const BODY_BYTES_MAX = 65_536

/** The routes of all providers. */
export function webhookRoutes(app: AppContext): readonly WebhookRoute[] {
  const { carrier, publicBaseUrl, billing } = app.config
  const inbox = createInbox(app.db)
  const twilio = twilioWebhooks({ inbox, authTokens: carrier.authTokens, publicBaseUrl })
  if (billing === null || app.billing === null) return twilio
  const stripe = stripeWebhook({
    inbox,
    clock: app.clock,
    log: app.logger,
    webhookSecrets: billing.webhookSecrets,
    livemode: app.billing.provider.livemode,
    onRefused: refusedWebhooks(app),
  })
  return [...twilio, stripe]
}

/** Mounts the routes. A failure answers 503, so that providers which repeat their calls repeat this one. */
export function webhookRouter(routes: readonly WebhookRoute[], logger: Logger): Router {
  const router = Router()
  for (const route of routes) {
    const readBody = express.raw({ type: () => true, limit: route.bodyBytesMax ?? BODY_BYTES_MAX })
    router.post(route.path, readBody, async (request, response) => {
      try {
        const answer = await route.answer(callOf(request))
        response.status(answer.status).type(answer.contentType ?? 'text/plain')
        response.send(answer.body ?? '')
      } catch (error) {
        logger.error({ route: route.path, err: error }, 'webhooks.failed')
        response.status(503).type('text/plain').send('Try again later.')
      }
    })
  }
  return router
}

function callOf(request: Request): WebhookCall {
  const body: unknown = request.body
  return {
    params: Object.fromEntries(Object.entries(request.params).map(([name, value]) => [name, String(value)])),
    headers: request.headers,
    pathAndQuery: request.originalUrl,
    rawBody: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  }
}
