import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { tellsOldNews } from './store/notifications.js'

/**
 * Whether what a text says of an appointment still holds: asked before it is told in another way than by the text. False once
 * the appointment has been changed since in any way. A text about no appointment is always true.
 */
export async function isStillTrue(tx: Tx, accountId: AccountId, messageId: string): Promise<boolean> {
  return !(await tellsOldNews(tx, accountId, messageId))
}
