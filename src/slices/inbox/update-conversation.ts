import type { AccountId, UserId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { readMember } from '../accounts/index.js'
import type { InboxDeps } from './inbox-deps.js'
import { changeConversation, lockConversation, type Conversation } from './store/conversation-rows.js'

export interface UpdateConversationInput {
  conversationId: string
  /** Everything in it is read, and nothing in it waits for a person. */
  markRead?: boolean
  closed?: boolean | undefined
  /** Null takes it from whoever has it. */
  assignedTo?: UserId | null | undefined
}

export type UpdateConversationResult =
  { ok: true; conversation: Conversation } | { ok: false; reason: 'not-found' | 'not-a-member' }

/**
 * Marks a conversation as read, closes or opens it, gives it to a member. Repeating changes nothing; a closed one opens by
 * itself with the next text. Refuses a conversation that is not of this account, and somebody who is no member of it.
 */
export async function updateConversation(
  deps: InboxDeps,
  accountId: AccountId,
  input: UpdateConversationInput,
): Promise<UpdateConversationResult> {
  const { assignedTo } = input
  if (assignedTo != null && (await readMember(deps, accountId, assignedTo)) === null)
    return { ok: false, reason: 'not-a-member' }
  return inTransaction(
    deps.db,
    { name: 'inbox.updateConversation', accountId },
    async (tx): Promise<UpdateConversationResult> => {
      const found = await lockConversation(tx, accountId, input.conversationId)
      if (found === null) return { ok: false, reason: 'not-found' }
      await changeConversation(
        tx,
        found.id,
        { read: input.markRead === true, closed: input.closed ?? null, assignedTo },
        deps.clock.now().toJSDate(),
      )
      await appendEvent(tx, {
        accountId,
        topic: 'inbox',
        payload: { kind: 'changed', conversationId: found.id },
      })
      const conversation = await lockConversation(tx, accountId, found.id)
      return { ok: true, conversation: conversation ?? found }
    },
  )
}
