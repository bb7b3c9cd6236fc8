import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { disableSetting } from './store/top-up-settings.js'

/** Ends automatic top-up until somebody switches it on again, and tells the account why. Does nothing where it is off already. */
export async function switchTopUpOff(tx: Tx, accountId: AccountId, reason: string, now: Date): Promise<void> {
  if (!(await disableSetting(tx, accountId, reason, now))) return
  await appendEvent(tx, { accountId, topic: 'billing', payload: { kind: 'top-up-off', reason } })
}
