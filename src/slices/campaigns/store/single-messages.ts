import { assert } from '../../../kernel/assert.js'
import type { AccountId, MessageId } from '../../../kernel/ids.js'
import type { Tx } from '../../../platform/db/transaction.js'

/** The message that was just added under this key. */
export async function findMessageByKey(tx: Tx, accountId: AccountId, idemKey: string): Promise<MessageId> {
  const [row] = await tx.query<{ id: MessageId }>(
    '/* campaigns.messageByKey */ select id from message where account_id = $1 and idem_key = $2',
    [accountId, idemKey],
  )
  assert(row !== undefined, 'a message that was just added is there')
  return row.id
}
