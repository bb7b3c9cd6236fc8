import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { upsertUnreachable } from './store/unreachable-rows.js'

export interface UnreachableNumber {
  phone: string
  /** The carrier's error code, and what it means. */
  code: number
  words: string
}

/**
 * The carrier said that these numbers cannot take texts: landlines, numbers that are not in use. In the caller's
 * transaction, under the account's lock. From then on they are left out of audiences, and the gate suppresses what waits for them, until
 * a person or a text from the number says otherwise. Consent stays as it is: it is another question.
 */
export async function markUnreachable(
  tx: Tx,
  accountId: AccountId,
  numbers: readonly UnreachableNumber[],
  at: Date,
): Promise<void> {
  if (numbers.length === 0) return
  await upsertUnreachable(tx, accountId, numbers, at)
  await appendEvent(tx, {
    accountId,
    topic: 'consent',
    payload: { action: 'unreachable', count: numbers.length },
  })
}
