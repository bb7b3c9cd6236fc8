import { assert } from '../../kernel/assert.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { insertGuardEvent, type GuardEvent } from './store/guard-rows.js'

/** Writes what the guard held, or who approved it and why, into the account's history and tells its live clients. */
export async function recordGuard(tx: Tx, event: GuardEvent): Promise<void> {
  assert(tx.lockedAccountId === event.accountId, 'the guard acts under the lock of the account')
  await insertGuardEvent(tx, event)
  await appendEvent(tx, {
    accountId: event.accountId,
    topic: 'operations',
    campaignId: event.campaignId,
    payload: {
      kind: event.kind === 'held' ? 'held_for_approval' : 'approved',
      rule: event.rule,
      seen: event.seen,
      reason: event.reason,
    },
  })
}
