import { assert } from '../../kernel/assert.js'
import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import type { Purpose } from '../contacts/index.js'
import { endWaiting } from './store/opt-in-rows.js'

/**
 * Consent is revoked, by STOP, by the carrier, by hand or by a file: requests to opt in that wait for these numbers are
 * over, whatever the people answer later. With `purposes` only those that ask for one of them. One statement for any number
 * of phones, in the transaction that revokes; safe to repeat.
 */
export async function withdrawOptIns(
  tx: Tx,
  accountId: AccountId,
  phones: readonly string[],
  revoked: { purposes: readonly Purpose[] | null; at: Date },
): Promise<void> {
  assert(tx.lockedAccountId === accountId, 'requests to opt in end under the lock of their account')
  await endWaiting(tx, accountId, phones, revoked)
}
