import type { AccountId } from '../../kernel/ids.js'
import type { AccountScope } from '../../platform/access/account-scope.js'
import { actorText } from '../../platform/access/viewer.js'
import { inTransaction, type Tx } from '../../platform/db/transaction.js'
import { onceOnly, type KeyReused } from '../../platform/idempotency/once-only.js'
import { grantForPhone } from '../contacts/index.js'
import { currentPriceBook, type PriceBook } from '../credits/index.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { answerText, priceOfText } from './answer-text.js'
import { checkReply, type ReplyObstacle } from './check-reply.js'
import type { InboxDeps } from './inbox-deps.js'
import { changeConversation, lockConversation, type Conversation } from './store/conversation-rows.js'

export interface ReplyInput {
  conversationId: string
  body: string
  idempotencyKey: string
}

export type ReplyRefusal = 'not-found' | 'body-empty' | 'body-too-long' | ReplyObstacle

export type ReplyResult =
  | { ok: true; messageId: string; conversationId: string; segments: number; credits: number }
  | { ok: false; reason: ReplyRefusal }

export const REPLY_MAX = 1_600
/** An answer is of use for a day, so that quiet hours only delay it. */
const USEFUL_MS = 24 * 3_600_000

/**
 * One text from a person of the account to whoever wrote to it, through the gate like every text and as an answer to what
 * they asked: transactional. Somebody who wrote within the last day and never agreed or refused has asked for the answer; that is
 * recorded as express consent with their text as evidence. Somebody who has opted out cannot be answered: that is for
 * them to undo, with START. The same key never makes two texts.
 */
export async function replyToConversation(
  deps: InboxDeps,
  caller: Pick<AccountScope, 'accountId' | 'actor'>,
  input: ReplyInput,
): Promise<ReplyResult | KeyReused> {
  const { accountId } = caller
  const body = input.body.trim()
  if (body === '') return { ok: false, reason: 'body-empty' }
  if (body.length > REPLY_MAX) return { ok: false, reason: 'body-too-long' }
  const now = deps.clock.now().toJSDate()
  const book = await currentPriceBook(deps.db, now)
  const { conversationId, idempotencyKey } = input
  const once = {
    accountId,
    key: idempotencyKey,
    operation: 'inbox.reply',
    input: { conversationId, body },
  }
  return inTransaction(deps.db, { name: 'inbox.reply', accountId }, (tx) =>
    onceOnly<ReplyResult>(tx, once, async () => {
      const conversation = await lockConversation(tx, accountId, conversationId)
      if (conversation === null) return { ok: false, reason: 'not-found' }
      const actor = actorText(caller.actor)
      return writeReply(tx, accountId, conversation, { body, book, now, actor, key: idempotencyKey })
    }),
  )
}

interface Given {
  body: string
  book: PriceBook
  now: Date
  actor: string
  key: string
}

async function writeReply(
  tx: Tx,
  accountId: AccountId,
  conversation: Conversation,
  { body, book, now, actor, key }: Given,
): Promise<ReplyResult> {
  const { phone } = conversation
  const checked = await checkReply(tx, accountId, conversation, {
    price: priceOfText(phone, body, book),
    now,
  })
  if (checked.refusal !== null) return { ok: false, reason: checked.refusal }
  if (!checked.hasAgreed) await recordAsked(tx, accountId, conversation, { now, actor })
  const sent = await answerText(
    tx,
    accountId,
    {
      phone,
      contactId: conversation.contactId,
      kind: 'reply',
      purpose: 'transactional',
      body,
      answers: null,
      actor,
      idemKey: `reply:${conversation.id}:${key}`,
      expiresAt: new Date(now.getTime() + USEFUL_MS),
    },
    { book, now },
  )
  if (sent === null) return { ok: false, reason: 'country-not-allowed' }
  await changeConversation(tx, conversation.id, { read: true, closed: null, assignedTo: undefined }, now)
  await appendEvent(tx, {
    accountId,
    topic: 'inbox',
    messageIds: [sent.messageId],
    payload: { kind: 'replied', conversationId: conversation.id },
  })
  return { ok: true, conversationId: conversation.id, ...sent }
}

function recordAsked(
  tx: Tx,
  accountId: AccountId,
  conversation: Conversation,
  { now, actor }: { now: Date; actor: string },
): Promise<string[]> {
  return grantForPhone(tx, accountId, conversation.phone, {
    purposes: ['transactional'],
    level: 'express',
    method: 'inbound_sms',
    source: 'wrote to us and asked for an answer',
    exactText: null,
    language: null,
    evidence: { inboundId: conversation.lastInboundId },
    actor,
    occurredAt: conversation.lastInboundAt,
    recordedAt: now,
  })
}
