import Stripe from 'stripe'
import type { BillingConfig } from '../billing-config.js'

/** The version whose shapes this slice was written for; the SDK is pinned to it as well. */
export const STRIPE_API_VERSION = '2026-10-28.endive'

/** The real client; `apiBaseUrl` points it at another server that speaks the same API. */
export function connectStripe(
  config: Pick<BillingConfig, 'secretKey' | 'apiBaseUrl' | 'timeoutMs' | 'retriesMax'>,
): Stripe {
  const base = config.apiBaseUrl === null ? null : new URL(config.apiBaseUrl)
  return new Stripe(config.secretKey, {
    apiVersion: STRIPE_API_VERSION,
    timeout: config.timeoutMs,
    // The same request under the same key; what is still unclear after that is looked up.
    maxNetworkRetries: config.retriesMax,
    telemetry: false,
    ...(base === null
      ? {}
      : {
          host: base.hostname,
          port: base.port === '' ? (base.protocol === 'https:' ? 443 : 80) : Number(base.port),
          protocol: base.protocol === 'http:' ? 'http' : 'https',
        }),
  })
}

/** The smallest question that needs a good key. */
export async function ping(stripe: Stripe): Promise<{ apiVersion: string | null }> {
  const { lastResponse } = await stripe.events.list({ limit: 1 })
  return { apiVersion: lastResponse.apiVersion ?? null }
}
