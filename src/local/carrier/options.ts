import { z } from 'zod'

const probability = z.number().min(0).max(1)
const milliseconds = z.number().min(0).max(3_600_000)
/** One figure, or a range from which each draw is taken evenly. */
const span = z.union([milliseconds, z.strictObject({ min: milliseconds, max: milliseconds })])
const carrierCode = z.number().int().min(10_000).max(99_999)

/** What may go wrong with a create. At most one of them happens to a request. */
export const faultNames = [
  'dropBeforeAccept',
  'acceptThenDrop',
  'errorBeforeAccept',
  'errorAfterAccept',
  'throttle',
  'slowBeforeAccept',
  'slowAfterAccept',
  'brokenAnswer',
  'stalledAnswer',
  'redirect',
] as const
export type Fault = (typeof faultNames)[number]

const faultsSchema = z.strictObject({
  ...(Object.fromEntries(faultNames.map((name) => [name, probability.default(0)])) as Record<
    Fault,
    z.ZodDefault<typeof probability>
  >),
  /** A list, a read of one message, or a token request answers 503. */
  listError: probability.default(0),
  readError: probability.default(0),
  tokenError: probability.default(0),
  slowMs: milliseconds.default(15_000),
  retryAfterSeconds: z.number().min(0).max(3_600).default(1),
})

const deliverySchema = z.strictObject({
  /** Shares of accepted messages; the rest is delivered. */
  undelivered: probability.default(0),
  failed: probability.default(0),
  /** Stays at `sent` for ever, as with networks that report nothing. */
  neverReported: probability.default(0),
  undeliveredCodes: z.array(carrierCode).nonempty().default([30003, 30005, 30006]),
  failedCodes: z.array(carrierCode).nonempty().default([30008]),
  /** From acceptance to each status. */
  sendingMs: span.default(20),
  sentMs: span.default(60),
  finalMs: span.default({ min: 120, max: 400 }),
})

export const reportedStatuses = ['sending', 'sent', 'delivered', 'undelivered', 'failed'] as const

const callbacksSchema = z.strictObject({
  enabled: z.boolean().default(true),
  statuses: z.array(z.enum(reportedStatuses)).default(['sent', 'delivered', 'undelivered', 'failed']),
  lost: probability.default(0),
  duplicated: probability.default(0),
  /** Comes this much later, and so after its successors. */
  late: probability.default(0),
  lateMs: span.default({ min: 500, max: 5_000 }),
  inFlightMax: z.number().int().min(1).max(1_000).default(32),
  /** Past this many waiting reports new ones are dropped and counted. */
  waitingMax: z.number().int().min(1).default(200_000),
  timeoutMs: milliseconds.default(15_000),
})

const handsetSchema = z.strictObject({
  /** Share of delivered messages that are answered. */
  replies: probability.default(0),
  bodies: z.array(z.string()).nonempty().default(['STOP']),
  delayMs: span.default(200),
})

/** Everything that can change while it runs, over `/control/config`. */
export const behaviourSchema = z.strictObject({
  /** From the end of a request to its answer. */
  latencyMs: span.default(0),
  /** The same, but the answer times are spread as in life: a median and a long tail. */
  latencyTail: z.strictObject({ medianMs: milliseconds, p99Ms: milliseconds }).nullable().default(null),
  /** More creates than this at once are throttled; 0 is no limit. */
  concurrencyMax: z.number().int().min(0).default(0),
  /** Senders that exist; an empty list means that every sender does. */
  ownedSenders: z.array(z.string()).default([]),
  /** Destinations refused for want of geographic permission (21408). */
  deniedPrefixes: z.array(z.string()).default([]),
  /** What happens to single numbers: refused at create, or reported so later; `null` is delivered. */
  numbers: z
    .record(
      z.string(),
      z.strictObject({ refuse: carrierCode.optional(), deliver: carrierCode.nullable().optional() }),
    )
    .default({}),
  faults: faultsSchema.prefault({}),
  delivery: deliverySchema.prefault({}),
  callbacks: callbacksSchema.prefault({}),
  handsets: handsetSchema.prefault({}),
  /** An accepted message appears in lists only after this. */
  listLagMs: span.default(0),
  /** Most messages on one page of a list, however many are asked for. */
  listPageSizeMax: z.number().int().min(1).max(1_000).default(1_000),
  /** Lifetime of a bearer token. */
  tokenTtlMs: z.number().min(1).max(86_400_000).default(60_000),
  /** The lie about the fence: expired tokens are good. */
  acceptExpiredTokens: z.boolean().default(false),
  /** Where incoming texts are posted. */
  inboundUrl: z.string().nullable().default(null),
  balance: z.string().default('100.00'),
  currency: z.string().default('USD'),
})
export type Behaviour = z.infer<typeof behaviourSchema> & { hasScripts: boolean }
export type Span = z.infer<typeof span>

export interface LocalCarrierOptions {
  port?: number
  host?: string
  accountSid?: string
  authToken?: string
  apiKeys?: readonly { sid: string; secret: string }[]
  oauthClients?: readonly { clientId: string; clientSecret: string }[]
  seed?: number
  /** A file to which every accepted message is appended before it is answered; read again at start. */
  recordFile?: string
  /** Messages it can hold; past it creates are refused, since it accepts nothing it cannot record. */
  recordMax?: number
  /** Keep bodies, not only their hashes. */
  keepBodies?: boolean
  behaviour?: BehaviourPatch
}

/** Any part of the behaviour; what is left out stays as it is. */
export type BehaviourPatch = z.input<typeof behaviourSchema>

/** What `npm start`, the demo and the tests sign in with, unless told otherwise. */
export const localAccount = {
  accountSid: 'AC0000000000000000000000000010ca11',
  authToken: 'local-auth-token',
  oauthClientId: 'OQ0000000000000000000000000010ca11',
  oauthClientSecret: 'local-client-secret',
  from: '+15005550006',
} as const

/** The behaviour after a change: objects are merged one level deep, everything else is replaced. */
export function changeBehaviour(current: Behaviour | null, patch: unknown): Behaviour {
  const parsedPatch = z.record(z.string(), z.unknown()).parse(patch ?? {})
  const merged: Record<string, unknown> = { ...current }
  for (const [key, value] of Object.entries(parsedPatch)) {
    const before = merged[key]
    const mergeable = ['faults', 'delivery', 'callbacks', 'handsets'].includes(key)
    merged[key] = mergeable && isObject(before) && isObject(value) ? { ...before, ...value } : value
  }
  delete merged['hasScripts']
  const behaviour = behaviourSchema.parse(merged)
  const total = faultNames.reduce((sum, name) => sum + behaviour.faults[name], 0)
  if (total > 1) throw new RangeError('the probabilities of the faults add up to more than 1')
  return { ...behaviour, hasScripts: Object.keys(behaviour.numbers).length > 0 }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
