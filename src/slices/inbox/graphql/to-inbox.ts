import { seesContent, type Role } from '../../../platform/access/viewer.js'
import { refuse } from '../../../platform/graphql/index.js'
import { maskPhone } from '../../contacts/index.js'
import { attentions, attentionWords, type Attention } from '../domain/attention.js'
import type { ReplyClass } from '../domain/classify-reply.js'
import type { Conversation, OptInRow, ThreadRow, UnattributedText } from '../list-conversations.js'
import type { InboxNews } from '../live-inbox.js'
import type { ReplyPreview } from '../preview-reply.js'
import { ReplyClassEnum } from './inbox-enums.types.js'
import type {
  ConversationTextType,
  ConversationType,
  InboxEventType,
  OptInRequestType,
  ReplyPreviewType,
  UnattributedTextType,
} from './inbox.types.js'
import { replyRefusals } from './refusals.js'

export function toConversation(
  { lastInboundId: _lastInboundId, ...found }: Conversation,
  role: Role,
): ConversationType {
  return {
    ...found,
    phone: seesContent(role) ? found.phone : maskPhone(found.phone),
    lastBody: seesContent(role) ? found.lastBody : null,
    attentionWords: found.attention === null ? null : attentionWords[found.attention],
  }
}

export function toConversationText({ kind, ...row }: ThreadRow, role: Role): ConversationTextType {
  return { ...row, direction: kind, body: seesContent(role) ? row.body : null }
}

export function toReplyPreview({ price, availableCredits, refusal, waits }: ReplyPreview): ReplyPreviewType {
  return {
    segments: price?.segments ?? null,
    credits: price?.credits ?? null,
    availableCredits,
    refusal: refusal === null ? null : refuse(replyRefusals, refusal),
    isQuiet: waits !== null,
    opensAt: waits?.until ?? null,
    why: waits?.why ?? null,
  }
}

export function toOptIn({ agreed: _agreed, ...row }: OptInRow, role: Role): OptInRequestType {
  return { ...row, phone: seesContent(role) ? row.phone : maskPhone(row.phone) }
}

export function toUnattributed(text: UnattributedText): UnattributedTextType {
  return { ...text, phone: maskPhone(text.phone) }
}

export function toInboxEvent({ seq, at, event, totals }: InboxNews): InboxEventType {
  const { kind, conversationId, inboundId, class: read, attention } = event?.payload ?? {}
  return {
    seq,
    at,
    kind: textOf(kind) ?? 'snapshot',
    conversationId: textOf(conversationId),
    textId: textOf(inboundId),
    class: Object.values(ReplyClassEnum).find((one): one is ReplyClass => one === read) ?? null,
    attention: attentions.find((one): one is Attention => one === attention) ?? null,
    totals,
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
