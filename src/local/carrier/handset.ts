import type { CarrierState } from './carrier-state.js'
import { drawSpan, happens, pick } from './draw.js'
import { optOutKey } from './message-rules.js'
import { countSegments } from './segments.js'

const optOutWords: ReadonlySet<string> = new Set([
  ...['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'],
])
const optInWords: ReadonlySet<string> = new Set(['START', 'YES', 'UNSTOP'])

export interface HandsetText {
  /** The phone that texts. */
  from: string
  /** The number or service it answers to. */
  to: string
  body: string
}

/** A share of the phones that get a message answers it. */
export function scheduleHandset(state: CarrierState, index: number): void {
  const { handsets } = state.behaviour
  const message = state.record.at(index)
  if (message?.final !== 'delivered' || !happens(handsets.replies, state.random)) return
  const body = pick(handsets.bodies, state.random) ?? ''
  const to = message.messagingServiceSid ?? message.from ?? ''
  const dueMs = message.finalAtMs + drawSpan(handsets.delayMs, state.random)
  state.wheel.at(dueMs, () => receiveText(state, { from: message.to, to, body }))
}

/**
 * A phone texts one of our senders. The carrier keeps its own opt-out list: the whole body must be the word, and from
 * then on creates to that phone from that sender are refused. The program is told through the inbound address all the same.
 */
export function receiveText(state: CarrierState, text: HandsetText): { sid: string; posted: boolean } {
  const word = text.body.trim().toUpperCase()
  if (optOutWords.has(word)) state.optedOut.add(optOutKey(text.to, text.from))
  if (optInWords.has(word)) state.optedOut.delete(optOutKey(text.to, text.from))
  state.inboundCount += 1
  const sid = `SM${state.inboundCount.toString(16).padStart(32, 'f')}`
  const { inboundUrl } = state.behaviour
  if (inboundUrl === null) return { sid, posted: false }
  const form: [string, string][] = [
    ['AccountSid', state.signIn.accountSid],
    ['ApiVersion', '2010-04-01'],
    ['Body', text.body],
    ['From', text.from],
    ['MessageSid', sid],
  ]
  if (text.to.startsWith('MG')) form.push(['MessagingServiceSid', text.to])
  form.push(['NumMedia', '0'], ['NumSegments', String(countSegments(text.body))], ['SmsMessageSid', sid])
  form.push(['SmsSid', sid], ['SmsStatus', 'received'], ['To', text.to])
  state.webhooks.push(inboundUrl, form)
  return { sid, posted: true }
}
