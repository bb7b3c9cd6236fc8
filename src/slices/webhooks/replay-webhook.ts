import type { Clock } from '../../kernel/clock.js'
import type { Db } from '../../platform/db/data-source.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { eventExists, resetEvent, type StoredWebhook } from './store/failed-rows.js'

export type ReplayResult =
  { ok: true; webhook: StoredWebhook } | { ok: false; reason: 'not-found' | 'still-waiting' }

/** Ids are bigints; anything else names no event. */
const idShape = /^[1-9]\d{0,17}$/

/**
 * An administrator has an event applied once more: one that was set aside, or one that was applied, since applying is
 * safe to repeat. Refuses `not-found`, and `still-waiting` when it is due anyway.
 */
export async function replayWebhook(
  deps: { db: Db; clock: Clock },
  input: { id: string; actor: string },
): Promise<ReplayResult> {
  const { id, actor } = input
  if (!idShape.test(id)) return { ok: false, reason: 'not-found' }
  return inTransaction(deps.db, { name: 'webhooks.replay' }, async (tx): Promise<ReplayResult> => {
    const webhook = await resetEvent(tx, { id, actor, now: deps.clock.now().toJSDate() })
    if (webhook !== null) return { ok: true, webhook }
    return { ok: false, reason: (await eventExists(tx, id)) ? 'still-waiting' : 'not-found' }
  })
}
