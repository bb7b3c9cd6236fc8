import { assert } from './assert.js'
import type { Random } from './random.js'

export interface BackoffPolicy {
  firstMs: number
  factor: number
  /** 0.2 means ±20 %. */
  jitter: number
  minMs: number
  maxMs: number
}

/** Carrier retries: 30 → 60 → 120 s, ±20 %, clamped to 30–300 s. */
export const carrierBackoff: BackoffPolicy = {
  firstMs: 30_000,
  factor: 2,
  jitter: 0.2,
  minMs: 30_000,
  maxMs: 300_000,
}

/** Delay before try number `attempt + 1`, where `attempt` (1, 2, …) is the one that has just failed. */
export function backoffMs(policy: BackoffPolicy, attempt: number, random: Random): number {
  assert(Number.isInteger(attempt), 'backoff needs a whole attempt number')
  assert(attempt >= 1, 'backoff counts attempts from 1')
  const plain = policy.firstMs * policy.factor ** (attempt - 1)
  const swing = 1 + policy.jitter * (2 * random.next() - 1)
  return Math.round(Math.min(policy.maxMs, Math.max(policy.minMs, plain * swing)))
}
