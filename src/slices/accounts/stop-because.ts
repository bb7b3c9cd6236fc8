import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { stopSendingAccount, stopSendingPlatform } from './store/controls.js'

/**
 * Stops an account in the caller's transaction, which holds the account's lock: for whoever finds a reason by itself.
 * An account that is stopped already keeps its reason. Returns whether this stopped it.
 */
export async function stopAccountBecause(tx: Tx, accountId: AccountId, reason: string): Promise<boolean> {
  if (!(await stopSendingAccount(tx, accountId, reason))) return false
  await appendEvent(tx, { accountId, topic: 'account', payload: { sendingStopped: true } })
  return true
}

/** The same for everything: no claim of any account passes once this is committed. */
export async function stopPlatformBecause(tx: Tx, reason: string): Promise<boolean> {
  return stopSendingPlatform(tx, reason)
}
