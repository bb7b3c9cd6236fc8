import { assert } from '../../../kernel/assert.js'
import type { AccountId } from '../../../kernel/ids.js'
import type { Tx } from '../../../platform/db/transaction.js'

export interface WrittenMessage {
  accountId: AccountId
  phone: string
  kind: string
  answers: string | null
  actor: string | null
  at: Date
}

/** Ties a message that was just added to its conversation, and returns its id. */
export async function tieMessage(tx: Tx, idemKey: string, written: WrittenMessage): Promise<string> {
  const [row] = await tx.query<{ message_id: string }>(
    `/* inbox.tieMessage */
     insert into conversation_message (message_id, account_id, phone, kind, answers, actor, at)
     select id, $1, $3, $4, $5, $6, $7 from message where account_id = $1 and idem_key = $2
     on conflict (message_id) do nothing returning message_id`,
    [written.accountId, idemKey, written.phone, written.kind, written.answers, written.actor, written.at],
  )
  assert(row !== undefined, 'a message that was just added is there')
  await tx.query(
    `/* inbox.touchConversation */ update conversation set last_at = greatest(last_at, $3) where account_id = $1 and phone = $2`,
    [written.accountId, written.phone, written.at],
  )
  return row.message_id
}

/** Automatic answers to a number since a moment. */
export async function countAnswers(
  tx: Tx,
  accountId: AccountId,
  phone: string,
  since: Date,
): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    `/* inbox.countAnswers */ select count(*)::int as n from conversation_message
     where account_id = $1 and phone = $2 and kind <> 'reply' and at > $3`,
    [accountId, phone, since],
  )
  return row?.n ?? 0
}
