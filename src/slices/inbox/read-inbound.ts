import { parseInboundText } from '../carrier/index.js'
import type { InboxRow } from '../webhooks/index.js'
import { readReply, type ReplyClass } from './domain/classify-reply.js'
import { carrierKeyword, senderKind, type CarrierKeyword } from './domain/carrier-keyword.js'

/** An incoming text as the inbox works with it. */
export interface Inbound {
  sid: string
  phone: string
  /** The number it was sent to, and the service that the number belongs to. */
  sender: string
  senders: readonly string[]
  body: string
  mediaCount: number
  class: ReplyClass
  /** Of the words that decided; null for keywords, which are the same in every language. */
  language: string | null
  /** The number in a code such as `C1`. */
  code: number | null
  /** What the whole text is to the carrier. */
  keyword: CarrierKeyword | null
  /** The carrier's own opt-out handling has taken part, whatever the words were. */
  carrierTookPart: boolean
  /** Who texts is a phone, not a short code or a name. */
  isPhone: boolean
  receivedAt: Date
}

const byOptOutType = { STOP: 'opt_out', START: 'opt_in', HELP: 'help' } as const
const MEDIA_MAX = 100

/** Null when the carrier's call holds no text that can be told from another. */
export function readInbound(row: InboxRow, now: Date): Inbound | null {
  const parsed = parseInboundText(row.params)
  if (!parsed.ok) return null
  const { text } = parsed
  const reply = readReply(text.body)
  const keyword = carrierKeyword(text.body, senderKind(text.messagingServiceSid ?? text.to))
  const senders = [text.to, ...(text.messagingServiceSid === null ? [] : [text.messagingServiceSid])]
  return {
    sid: text.sid,
    phone: text.from,
    sender: text.to,
    senders,
    body: text.body,
    mediaCount: mediaCount(row.params['NumMedia']),
    class: text.optOutType === null ? reply.class : byOptOutType[text.optOutType],
    language: keyword === null ? reply.language : null,
    code: reply.code,
    keyword,
    carrierTookPart: text.optOutType !== null,
    isPhone: /^\+[1-9]\d{6,14}$/.test(text.from),
    receivedAt: row.receivedAt < now ? row.receivedAt : now,
  }
}

function mediaCount(value: string | readonly string[] | undefined): number {
  return typeof value === 'string' && /^\d{1,3}$/.test(value) ? Math.min(Number(value), MEDIA_MAX) : 0
}
