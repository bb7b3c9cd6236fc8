import { assert } from '../../kernel/assert.js'
import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { consentStanding } from '../contacts/index.js'
import { planAgain } from './store/notifications.js'

/**
 * Plans again what an opt-out of this number took back and what is still to come, in the transaction that records that the
 * person agrees to such texts again. What has become due since, what was sent and what an older revision said stay as they are.
 */
export async function planAgainForPhone(
  tx: Tx,
  accountId: AccountId,
  phone: string,
  now: Date,
): Promise<void> {
  assert(tx.lockedAccountId === accountId, 'plans change under the lock of their account')
  const { transactional } = await consentStanding(tx, accountId, phone)
  if (transactional !== 'granted') return
  const notifications = await planAgain(tx, accountId, phone, now)
  if (notifications === 0) return
  await appendEvent(tx, {
    accountId,
    topic: 'appointments',
    payload: { kind: 'opted_in', notifications, at: now.toISOString() },
  })
}
