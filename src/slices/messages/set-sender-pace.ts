import type { Db } from '../../platform/db/data-source.js'
import { readSenderPaces, writeSenderPace, type SenderPaceSetting } from './store/pace-rows.js'

export type { SenderPaceSetting } from './store/pace-rows.js'

const PACE_MAX = 100_000

export type SetSenderPaceResult =
  { ok: true; sender: SenderPaceSetting } | { ok: false; reason: 'not-found' | 'pace-out-of-range' }

/**
 * Sets a sender's limit in segments per second: a figure, Infinity for none, null for what the workers are configured
 * with. Workers read it at their next look. Refused for an address that nobody ever sent from, and a limit out of range.
 */
export async function setSenderPace(
  deps: { db: Db },
  input: SenderPaceSetting,
): Promise<SetSenderPaceResult> {
  const pace = input.segmentsPerSecond
  const isInRange = pace === null || pace === Infinity || (pace > 0 && pace <= PACE_MAX)
  if (!isInRange) return { ok: false, reason: 'pace-out-of-range' }
  const found = await writeSenderPace(deps.db, input)
  return found ? { ok: true, sender: input } : { ok: false, reason: 'not-found' }
}

export async function listSenders(deps: { db: Db }): Promise<SenderPaceSetting[]> {
  return readSenderPaces(deps.db)
}
