import { readEnv, type Env } from './env.js'
import { usualSegmentsPerSecond } from './sender-throughput.js'

export type Role = 'all' | 'api' | 'worker'

export interface CarrierSettings {
  accountSid: string
  /** The first verifies and signs; a second is accepted while tokens are being rotated. */
  authTokens: readonly string[]
  /** A phone number, a short code, or a Messaging Service (MG…). */
  sender: string
  apiBaseUrl: string | null
  oauth: { clientId: string; clientSecret: string } | null
  timeoutMs: number
  credentialTtlMs: number
  /** What the sender bears; null for no limit. A sender's own setting wins. */
  segmentsPerSecond: number | null
}

export interface BillingSettings {
  secretKey: string
  /** Of the webhook endpoint; a second is accepted while they are being rotated. */
  webhookSecrets: readonly string[]
  apiBaseUrl: string | null
}

export interface EmailSettings {
  /** `smtp://user:password@host:port`, or `smtps://`. A secret. */
  url: string
  /** The address that e-mails come from. */
  from: string
}

export interface ProtocolSettings {
  concurrency: number
  batchSize: number
  /** Clocks of ours and of the carrier may differ by this much (ε). */
  clockSkewMs: number
  /** An accepted message is in the carrier's list at the latest after this (Λ). */
  listLagMs: number
  /** The carrier gives up on a queued message after this. */
  validityMs: number
  sweepIntervalMs: number
  retryFirstMs: number
  /** The live audit looks at everything this often, and at what is new all the time. */
  auditFullMs: number
  /** Texts a second that the senders reach together; for forecasts only. */
  forecastPerSecond: number
}

export interface Config {
  databaseUrl: string
  databasePoolSize: number
  mongodbUrl: string | null
  carrier: CarrierSettings
  /** Null: nothing is sold here. */
  billing: BillingSettings | null
  /** Null: no text is followed by an e-mail. */
  email: EmailSettings | null
  /** Development only: webhooks may go to any address, and over plain HTTP. */
  webhookPrivateTargets: boolean
  publicBaseUrl: string
  /** How many reverse proxies of our own each request passes; 0: `x-forwarded-for` counts for nothing. */
  trustedProxies: number
  /** Part of what a session token is stored as, and what secrets of webhooks are sealed under; empty when none is set. */
  sessionSecret: string
  port: number
  host: string
  role: Role
  logLevel: Env['LOG_LEVEL']
  /** Where a collector takes traces; null for none. */
  tracesEndpoint: string | null
  /** Leaves out checks that only find mistakes in the program itself. */
  production: boolean
  /** Whether callers may read the schema from the server, and are told names that are close to a wrong one. */
  introspection: boolean
  /** For fault tests: the place where this process ends itself. */
  crashAt: string | null
  protocol: ProtocolSettings
}

const MS = 1000

/** Reads and checks the environment. Throws with every problem named; nothing starts on half a configuration. */
export function loadConfig(source?: NodeJS.ProcessEnv): Config {
  const env = source === undefined ? readEnv() : readEnv(source)
  const problems: string[] = []
  const need = (name: string, value: string | undefined): string => {
    if (value === undefined) problems.push(`  ${name} is missing`)
    return value ?? ''
  }
  const config: Config = {
    databaseUrl: need('DATABASE_URL', env.DATABASE_URL),
    databasePoolSize: env.DATABASE_POOL_SIZE,
    mongodbUrl: env.MONGODB_URL ?? null,
    carrier: {
      accountSid: need('TWILIO_ACCOUNT_SID', env.TWILIO_ACCOUNT_SID),
      authTokens: [
        need('TWILIO_AUTH_TOKEN', env.TWILIO_AUTH_TOKEN),
        env.TWILIO_AUTH_TOKEN_SECONDARY ?? '',
      ].filter((token) => token !== ''),
      sender: need(
        'TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID',
        env.TWILIO_MESSAGING_SERVICE_SID ?? env.TWILIO_FROM,
      ),
      apiBaseUrl: env.TWILIO_API_BASE_URL ?? null,
      oauth: oauthOf(env, problems),
      timeoutMs: env.CARRIER_TIMEOUT_SECONDS * MS,
      credentialTtlMs: env.CREDENTIAL_TTL_SECONDS * MS,
      segmentsPerSecond: paceOf(env),
    },
    billing: billingSettings(env, need),
    email: emailSettings(env, problems),
    webhookPrivateTargets: env.WEBHOOK_PRIVATE_TARGETS === 'on',
    publicBaseUrl: (env.PUBLIC_BASE_URL ?? `http://127.0.0.1:${String(env.PORT)}`).replace(/\/+$/, ''),
    trustedProxies: env.TRUSTED_PROXIES,
    sessionSecret: env.SESSION_SECRET ?? '',
    port: env.PORT,
    host: env.HOST,
    role: env.ROLE,
    logLevel: env.LOG_LEVEL,
    tracesEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    production: env.NODE_ENV === 'production',
    introspection: isSchemaShown(env),
    crashAt: env.CRASH_AT ?? null,
    protocol: {
      concurrency: env.SEND_CONCURRENCY,
      batchSize: env.SEND_BATCH_SIZE,
      clockSkewMs: env.CLOCK_SKEW_SECONDS * MS,
      listLagMs: env.LIST_LAG_SECONDS * MS,
      validityMs: env.VALIDITY_SECONDS * MS,
      sweepIntervalMs: env.SWEEP_INTERVAL_SECONDS * MS,
      retryFirstMs: env.RETRY_FIRST_SECONDS * MS,
      auditFullMs: env.AUDIT_FULL_HOURS * 3_600 * MS,
      forecastPerSecond: env.FORECAST_PER_SECOND,
    },
  }
  if (config.carrier.timeoutMs * 2 > config.carrier.credentialTtlMs) {
    problems.push('  CREDENTIAL_TTL_SECONDS must be at least twice CARRIER_TIMEOUT_SECONDS')
  }
  if (problems.length > 0) throw new Error(`The configuration is not usable:\n${problems.join('\n')}`)
  return config
}

/** One without the other would silently be no fence: every account would lose policy P1, and nobody would know why. */
function oauthOf(env: Env, problems: string[]): CarrierSettings['oauth'] {
  const { TWILIO_OAUTH_CLIENT_ID: clientId, TWILIO_OAUTH_CLIENT_SECRET: clientSecret } = env
  if (clientId === undefined && clientSecret === undefined) return null
  if (clientId === undefined || clientSecret === undefined) {
    problems.push('  TWILIO_OAUTH_CLIENT_ID and TWILIO_OAUTH_CLIENT_SECRET go together: set both or none')
    return null
  }
  return { clientId, clientSecret }
}

function isSchemaShown(env: Env): boolean {
  if (env.GRAPHQL_INTROSPECTION !== undefined) return env.GRAPHQL_INTROSPECTION === 'on'
  return env.NODE_ENV !== 'production'
}

function paceOf(env: Env): number | null {
  if (env.SENDER_SEGMENTS_PER_SECOND === 'unlimited') return null
  if (env.SENDER_SEGMENTS_PER_SECOND !== undefined) return env.SENDER_SEGMENTS_PER_SECOND
  // A simulator has no carriers behind it.
  const base = env.TWILIO_API_BASE_URL
  if (base !== undefined && !/\.twilio\.com(?::\d+)?\/?$/.test(base)) return null
  return usualSegmentsPerSecond(env.TWILIO_MESSAGING_SERVICE_SID ?? env.TWILIO_FROM ?? '')
}

function billingSettings(
  env: Env,
  need: (name: string, value: string | undefined) => string,
): BillingSettings | null {
  if (env.STRIPE_SECRET_KEY === undefined) return null
  const secrets = [
    need('STRIPE_WEBHOOK_SECRET', env.STRIPE_WEBHOOK_SECRET),
    env.STRIPE_WEBHOOK_SECRET_SECONDARY ?? '',
  ]
  return {
    secretKey: env.STRIPE_SECRET_KEY,
    webhookSecrets: secrets.filter((secret) => secret !== ''),
    apiBaseUrl: env.STRIPE_API_BASE_URL ?? null,
  }
}

/** The address and the password in it are not repeated in what is said of them. */
function emailSettings(env: Env, problems: string[]): EmailSettings | null {
  const { SMTP_URL: url, SMTP_FROM: from } = env
  if (url === undefined && from === undefined) return null
  if (url === undefined || from === undefined) {
    problems.push('  SMTP_URL and SMTP_FROM go together: set both or none')
    return null
  }
  if (!isMailServer(url)) problems.push('  SMTP_URL is no address like smtps://user:password@host:465')
  if (!/^[^\s@<>",;:]+@[a-z\d.-]+$/i.test(from)) problems.push('  SMTP_FROM is no e-mail address')
  return { url, from }
}

function isMailServer(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return (protocol === 'smtp:' || protocol === 'smtps:') && hostname !== ''
}
