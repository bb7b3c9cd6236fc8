import { z } from 'zod'

const probability = z.number().min(0).max(1)
const milliseconds = z.number().min(0).max(86_400_000)
const span = z.union([milliseconds, z.strictObject({ min: milliseconds, max: milliseconds })])

/** Everything that can change while it runs, over `/control/config`. */
export const behaviourSchema = z.strictObject({
  webhooks: z
    .strictObject({
      url: z.string().nullable().default(null),
      secret: z.string().default('whsec_local_payments'),
      /** The shape in which events are rendered; a wrong one stands for an endpoint that was set up wrongly. */
      apiVersion: z.string().default('2026-10-28.endive'),
      delayMs: span.default(50),
      duplicated: probability.default(0),
      lost: probability.default(0),
      late: probability.default(0),
      lateMs: span.default({ min: 1_000, max: 10_000 }),
    })
    .prefault({}),
  faults: z
    .strictObject({
      /** Of a POST: nothing happens and the connection breaks; or it happens and the answer is lost. */
      dropBefore: probability.default(0),
      dropAfter: probability.default(0),
      /** 500 before anything happened, stored under its key as Stripe does. */
      errorBefore: probability.default(0),
      errorAfter: probability.default(0),
      /** Of a GET. */
      readError: probability.default(0),
    })
    .prefault({}),
  /** What happens to a subscription when the last retry of a payment fails. */
  dunningEnd: z.enum(['canceled', 'unpaid']).default('canceled'),
  /** Hours after the first failure at which an invoice is tried again. */
  retryHours: z.array(z.number().positive()).default([72, 120, 168]),
  /** From the making of a renewal's invoice to its charge. */
  draftMs: milliseconds.default(3_600_000),
  /** Charge everything at once that is due by the clock, without being told to. */
  runsByItself: z.boolean().default(true),
})
export type Behaviour = z.infer<typeof behaviourSchema>
export type BehaviourPatch = z.input<typeof behaviourSchema>

export interface LocalPaymentsOptions {
  port?: number
  host?: string
  secretKey?: string
  seed?: number
  /** Part of every id, where several of these meet one database. */
  idPrefix?: string
  /** Where it remembers everything across runs. */
  stateFile?: string
  behaviour?: BehaviourPatch
}

/** What `npm start`, the demo and the tests sign in with, unless told otherwise. */
export const localPayments = {
  secretKey: 'sk_test_local_payments',
  webhookSecret: 'whsec_local_payments',
} as const

/** The behaviour after a change: objects are merged one level deep, everything else is replaced. */
export function changeBehaviour(current: Behaviour | null, patch: unknown): Behaviour {
  const given = z.record(z.string(), z.unknown()).parse(patch ?? {})
  const merged: Record<string, unknown> = { ...current }
  for (const [name, value] of Object.entries(given)) {
    const before = merged[name]
    merged[name] = isObject(before) && isObject(value) ? { ...before, ...value } : value
  }
  return behaviourSchema.parse(merged)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
