import { trustId, type AccountId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { getContact } from '../contacts/index.js'
import { currentPriceBook } from '../credits/index.js'
import { judgeHours, readAccountHours } from '../messages/index.js'
import { priceOfText, type TextPrice } from './answer-text.js'
import { checkReply, type ReplyObstacle } from './check-reply.js'
import type { InboxDeps } from './inbox-deps.js'
import { REPLY_MAX } from './reply-to-conversation.js'
import { readConversation, type Conversation } from './store/conversation-rows.js'

export interface ReplyPreview {
  price: TextPrice | null
  availableCredits: number
  /** Why it would be refused now. */
  refusal: ReplyObstacle | 'body-too-long' | null
  /** From when on it may go, and why not before; null while its hours are open. */
  waits: { until: Date | null; why: string | null } | null
}

/**
 * What a reply would cost, whether it would be refused and whether quiet hours would hold it back: by the same functions
 * that decide when it is sent. Writes nothing and holds nothing. Null for a conversation of somebody else.
 */
export async function previewReply(
  deps: InboxDeps,
  accountId: AccountId,
  input: { conversationId: string; body: string },
): Promise<ReplyPreview | null> {
  const conversation = await readConversation(deps.db, accountId, input.conversationId)
  if (conversation === null) return null
  const now = deps.clock.now().toJSDate()
  const book = await currentPriceBook(deps.db, now)
  const body = input.body.trim()
  const price = priceOfText(conversation.phone, body, book)
  const { refusal, availableCredits } = await inTransaction(deps.db, { name: 'inbox.previewReply' }, (tx) =>
    checkReply(tx, accountId, conversation, { price, now }),
  )
  return {
    price,
    availableCredits,
    refusal: refusal ?? (body.length > REPLY_MAX ? 'body-too-long' : null),
    waits: await waitOf(deps, accountId, conversation, now),
  }
}

async function waitOf(
  deps: InboxDeps,
  accountId: AccountId,
  { contactId, phone }: Conversation,
  now: Date,
): Promise<ReplyPreview['waits']> {
  const hours = await readAccountHours(deps.db, accountId)
  if (hours === null) return null
  const contact = contactId === null ? null : await getContact(deps.db, accountId, trustId(contactId))
  const who = contact ?? { phone, zone: null, region: null }
  const verdict = judgeHours(who, { purpose: 'transactional', rules: hours.rules, at: now })
  return verdict.isOpen ? null : { until: verdict.opensAt, why: verdict.why }
}
