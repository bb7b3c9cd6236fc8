import { assert } from '../../kernel/assert.js'
import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { lockPlannedForPhones, writeVoided } from './store/notifications.js'

/**
 * Takes back everything that was planned for numbers, in the transaction that records their STOP. The appointments stay, and
 * everybody else is told as before. Texts that wait already are for whoever records the STOP to suppress.
 */
export async function voidForPhones(
  tx: Tx,
  accountId: AccountId,
  phones: readonly string[],
  at: Date,
): Promise<void> {
  assert(tx.lockedAccountId === accountId, 'plans change under the lock of their account')
  const ids = await lockPlannedForPhones(tx, accountId, phones)
  if (ids.length === 0) return
  await writeVoided(tx, ids, 'opted_out')
  await appendEvent(tx, {
    accountId,
    topic: 'appointments',
    payload: { kind: 'opted_out', notifications: ids.length, at: at.toISOString() },
  })
}
