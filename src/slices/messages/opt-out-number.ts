import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { revokeAllForPhone, type RevocationByPhone } from '../contacts/index.js'
import { suppressWaiting } from './suppress-waiting.js'

/** What others do when numbers opt out, in the same transaction: void reminders, for example. Safe to repeat. */
export interface OptOutHook {
  onOptOut(tx: Tx, accountId: AccountId, phones: readonly string[], at: Date): Promise<void>
}

/**
 * A number texts us no more, or the carrier says so: in the caller's transaction, under the account's lock, all consents are
 * revoked, the texts that wait are suppressed, and whoever plans texts is told. Waiting texts hold no credits; those that
 * are in flight were authorised before and settle by themselves. Returns the ids of the new consent events; none when
 * everything was revoked before.
 */
export async function optOutNumber(
  tx: Tx,
  hooks: readonly OptOutHook[],
  accountId: AccountId,
  phone: string,
  revocation: RevocationByPhone,
): Promise<string[]> {
  const eventIds = await revokeAllForPhone(tx, accountId, phone, revocation)
  await suppressWaiting(tx, accountId, [phone], 'consent_revoked')
  for (const hook of hooks) await hook.onOptOut(tx, accountId, [phone], revocation.occurredAt)
  return eventIds
}
