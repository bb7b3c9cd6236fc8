import { assert } from '../../kernel/assert.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { Tx } from '../../platform/db/transaction.js'
import { postExpiries } from './store/lots.js'

/** Moves what is left in lots whose time is over from available to expired. Doing it twice changes nothing more. */
export async function expireLots(tx: Tx, accountId: string, now: Date): Promise<{ credits: number }> {
  return expire(tx, accountId, { now })
}

/** Ends these lots before their time: whoever granted them gives their rest in another shape. */
export async function endLots(
  tx: Tx,
  accountId: string,
  lotNos: readonly number[],
): Promise<{ credits: number }> {
  return expire(tx, accountId, { lotNos })
}

async function expire(
  tx: Tx,
  accountId: string,
  due: { now: Date } | { lotNos: readonly number[] },
): Promise<{ credits: number }> {
  assert(tx.lockedAccountId === accountId, 'credits move under the lock of their account')
  const credits = await postExpiries(tx, accountId, due)
  if (credits > 0) {
    await appendEvent(tx, { accountId, topic: 'credits', payload: { kind: 'expiry', credits } })
  }
  return { credits }
}
