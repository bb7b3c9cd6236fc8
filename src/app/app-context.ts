import type { Config } from '../config/config.js'
import { systemClock, type Clock } from '../kernel/clock.js'
import { systemRandom, type Random } from '../kernel/random.js'
import { createDataSource, type Db } from '../platform/db/data-source.js'
import { createLogger, type Logger } from '../platform/observability/logger.js'
import { createMetrics, type Metrics } from '../platform/observability/metrics.js'
import { startEventListener, type EventListener } from '../platform/realtime/event-listener.js'
import { createProvider, type BillingDeps } from '../slices/billing/index.js'
import { createSmtpMailer, type EmailDeps } from '../slices/emails/index.js'
import {
  createPoster,
  createVault,
  type EndpointDeps,
  type WebhookPoster,
} from '../slices/endpoints/index.js'
import {
  createCarrier,
  type Carrier,
  type CarrierConfig,
  type CarrierLogger,
} from '../slices/carrier/index.js'
import { traceCarrier } from './trace-carrier.js'

/** Everything that talks to the outside, built once per process. Functions take the smallest part of it that they need. */
export interface AppContext {
  readonly config: Config
  readonly db: Db
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
  readonly metrics: Metrics
  readonly events: EventListener
  readonly carrier: Carrier
  /** Null where no payment provider is set up. */
  readonly billing: BillingDeps | null
  /** Null where no mail server is set up. */
  readonly mailer: EmailDeps['mailer']
  /** Calls the accounts' own servers. */
  readonly poster: WebhookPoster
  /** Null without a secret of the installation: no webhook endpoint can be made then. */
  readonly webhookVault: EndpointDeps['webhookVault']
  readonly webhookTargets: EndpointDeps['webhookTargets']
  readonly sessionSecret: string
  /** Closes the connections, last opened first. */
  dispose(): Promise<void>
}

/** What tests set instead. Everything else is as in production. */
export type AppOverrides = Partial<Pick<AppContext, 'clock' | 'random' | 'logger' | 'metrics' | 'carrier'>>

/** Connects to Postgres and prepares the carrier's client. Throws when the database cannot be reached. */
export async function createAppContext(config: Config, overrides: AppOverrides = {}): Promise<AppContext> {
  const clock = overrides.clock ?? systemClock
  const logger = overrides.logger ?? createLogger({ level: config.logLevel })
  const dataSource = createDataSource({
    url: config.databaseUrl,
    poolSize: config.databasePoolSize,
    applicationName: `tollgate-${config.role}`,
  })
  await dataSource.initialize()
  const events = await startEventListener({
    databaseUrl: config.databaseUrl,
    onError: (error) => logger.warn({ err: error }, 'realtime.listener.error'),
  }).catch(async (error: unknown) => {
    await dataSource.destroy()
    throw error
  })
  const untraced =
    overrides.carrier ?? createCarrier(carrierConfig(config), { clock, logger: carrierLogger(logger) })
  const carrier = config.tracesEndpoint === null ? untraced : traceCarrier(untraced)
  const db: Db = { dataSource }
  const webhookTargets = { allowsPrivate: config.webhookPrivateTargets }
  const poster = createPoster({ clock, ...webhookTargets })
  return {
    config,
    db,
    clock,
    logger,
    carrier,
    events,
    billing: billingDeps(config, { db, clock, logger }),
    mailer: config.email === null ? null : createSmtpMailer(config.email),
    poster,
    webhookVault: createVault(config.sessionSecret),
    webhookTargets,
    sessionSecret: config.sessionSecret,
    random: overrides.random ?? systemRandom,
    metrics: overrides.metrics ?? createMetrics(),
    dispose: async () => {
      await carrier.close()
      await poster.close()
      await events.stop()
      await dataSource.destroy()
    },
  }
}

const STRIPE_TIMEOUT_MS = 20_000

function billingDeps(
  { billing, publicBaseUrl }: Config,
  { db, clock, logger }: { db: Db; clock: Clock; logger: Logger },
): BillingDeps | null {
  if (billing === null) return null
  const provider = createProvider({
    ...billing,
    publicBaseUrl,
    timeoutMs: STRIPE_TIMEOUT_MS,
    // The same request under the same key; what is still unclear after that is looked up.
    retriesMax: 1,
  })
  return { db, clock, provider, publicBaseUrl, log: logger }
}

function carrierConfig({ carrier, protocol, publicBaseUrl }: Config): CarrierConfig {
  const [authToken = ''] = carrier.authTokens
  const isService = carrier.sender.startsWith('MG')
  return {
    accountSid: carrier.accountSid,
    authToken,
    ...(carrier.apiBaseUrl === null ? {} : { baseUrl: carrier.apiBaseUrl }),
    ...(isService ? { messagingServiceSid: carrier.sender } : { from: carrier.sender }),
    statusCallbackBase: publicBaseUrl,
    requestTimeoutMs: carrier.timeoutMs,
    connections: protocol.concurrency,
    fence:
      carrier.oauth === null
        ? { kind: 'none', ttlMs: carrier.credentialTtlMs }
        : {
            kind: 'oauth',
            ...carrier.oauth,
            ttlMs: carrier.credentialTtlMs,
            renewEveryMs: carrier.credentialTtlMs / 3,
          },
  }
}

/** The carrier names its events in a field; our lines carry the name as their message. */
function carrierLogger(logger: Logger): CarrierLogger {
  const nameOf = (fields: Record<string, unknown>): string =>
    typeof fields['event'] === 'string' ? fields['event'] : 'carrier.event'
  return {
    info: (fields) => logger.info(fields, nameOf(fields)),
    warn: (fields) => logger.warn(fields, nameOf(fields)),
  }
}
