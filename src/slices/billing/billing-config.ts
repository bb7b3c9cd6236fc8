export interface BillingConfig {
  secretKey: string
  /** Of the webhook endpoint: two while one is being replaced. */
  webhookSecrets: readonly string[]
  /** Null for Stripe itself. */
  apiBaseUrl: string | null
  timeoutMs: number
  /** How often a request is repeated under its key when no answer came. */
  retriesMax: number
  /** Where customers come back to after paying. */
  publicBaseUrl: string
}
