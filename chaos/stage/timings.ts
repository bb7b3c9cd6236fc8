import { localAccount } from '../../src/local/carrier/options.js'
import type { BehaviourPatch } from '../../src/local/carrier/options.js'

/** The protocol as in production with its waiting times shortened, so that a storm of minutes sees hours of it. */
export const hurried: Readonly<Record<string, string>> = {
  SEND_CONCURRENCY: '20',
  SEND_BATCH_SIZE: '40',
  DATABASE_POOL_SIZE: '6',
  CARRIER_TIMEOUT_SECONDS: '1.5',
  CREDENTIAL_TTL_SECONDS: '4',
  CLOCK_SKEW_SECONDS: '1',
  LIST_LAG_SECONDS: '2',
  VALIDITY_SECONDS: '12',
  SWEEP_INTERVAL_SECONDS: '1',
  RETRY_FIRST_SECONDS: '1',
  LOG_LEVEL: 'info',
  HOST: '127.0.0.1',
  SESSION_SECRET: 'only-for-the-storm',
  MONGODB_URL: '',
  TWILIO_ACCOUNT_SID: localAccount.accountSid,
  TWILIO_AUTH_TOKEN: localAccount.authToken,
  TWILIO_FROM: localAccount.from,
  TWILIO_MESSAGING_SERVICE_SID: '',
  TWILIO_OAUTH_CLIENT_ID: '',
  TWILIO_OAUTH_CLIENT_SECRET: '',
}

/** With these a process sends under a fence: the carrier refuses what arrives after the credential has died. */
export const fenced: Readonly<Record<string, string>> = {
  TWILIO_OAUTH_CLIENT_ID: localAccount.oauthClientId,
  TWILIO_OAUTH_CLIENT_SECRET: localAccount.oauthClientSecret,
}

/**
 * The carrier on a good day. Its list shows a message within 0.8 s, as the two seconds above allow; a request is
 * created within less than the second of skew after it was let in, which is what A1 asks of a carrier.
 */
export const goodDay: BehaviourPatch = {
  latencyMs: { min: 20, max: 120 },
  tokenTtlMs: 4_000,
  listLagMs: { min: 0, max: 800 },
  faults: {
    dropBeforeAccept: 0,
    acceptThenDrop: 0,
    errorBeforeAccept: 0,
    errorAfterAccept: 0,
    throttle: 0,
    slowBeforeAccept: 0,
    slowAfterAccept: 0,
    brokenAnswer: 0,
    stalledAnswer: 0,
    redirect: 0,
    listError: 0,
    readError: 0,
    tokenError: 0,
    slowMs: 400,
    retryAfterSeconds: 1,
  },
  delivery: { undelivered: 0.02, failed: 0.02 },
  callbacks: { lost: 0, duplicated: 0, late: 0, lateMs: { min: 500, max: 8_000 }, timeoutMs: 5_000 },
}
