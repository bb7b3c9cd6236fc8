import { newId, type AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { clearForPhone, consentStanding, restoreForPhone } from '../contacts/index.js'
import type { PriceBook } from '../credits/index.js'
import { confirmOptIn } from './confirm-opt-in.js'
import { isAmbiguous, type Attention } from './domain/attention.js'
import { isExactYes } from './domain/carrier-keyword.js'
import { isClashingKeyword, isPlainYes } from './domain/classify-reply.js'
import type { InboxHook } from './inbox-hooks.js'
import { optOutAccount } from './opt-out-account.js'
import type { Inbound } from './read-inbound.js'
import { replyByItself } from './reply-by-itself.js'
import { addToConversation } from './store/conversation-rows.js'
import { contactOf, insertInbound } from './store/inbound-rows.js'

/** What a text did, as far as answering it by itself goes. */
export interface Effects {
  optedOut: boolean
  restored: boolean
  optInConfirmed: boolean
  confirmed: boolean
  subscribed: boolean
}

const nothing: Effects = {
  optedOut: false,
  restored: false,
  optInConfirmed: false,
  confirmed: false,
  subscribed: false,
}

interface Given {
  now: Date
  book: PriceBook
}

/**
 * A text to this account, in the caller's transaction under its lock: does what it says, answers it if the rules ask for an
 * answer, keeps it, puts it into its conversation and tells the account. Returns what it did in a word.
 */
export async function receiveText(
  tx: Tx,
  deps: { hooks: readonly InboxHook[] },
  accountId: AccountId,
  text: Inbound,
  given: Given,
): Promise<string> {
  const inboundId = newId()
  const contactId = await contactOf(tx, accountId, text.phone)
  await clearForPhone(tx, accountId, text.phone, { by: `text:${inboundId}`, at: given.now })
  const effects = await follow(tx, deps, accountId, text, { ...given, inboundId })
  const attention = attentionOf(text, effects)
  const outcome = outcomeOf(text, effects)
  await insertInbound(tx, {
    id: inboundId,
    sid: text.sid,
    accountId,
    contactId,
    phone: text.phone,
    sender: text.sender,
    body: text.body,
    class: text.class,
    mediaCount: text.mediaCount,
    outcome,
    receivedAt: text.receivedAt,
  })
  const conversationId = await addToConversation(tx, accountId, {
    id: inboundId,
    phone: text.phone,
    at: text.receivedAt,
    attention,
    opted: text.class === 'opt_out' ? 'out' : effects.restored || effects.optInConfirmed ? 'in' : null,
  })
  await replyByItself(tx, accountId, text, { ...given, inboundId, contactId, effects })
  await appendEvent(tx, {
    accountId,
    topic: 'inbox',
    payload: { kind: eventOf(text, effects), conversationId, inboundId, class: text.class, attention },
  })
  return outcome
}

async function follow(
  tx: Tx,
  deps: { hooks: readonly InboxHook[] },
  accountId: AccountId,
  text: Inbound,
  { now, inboundId }: { now: Date; inboundId: string },
): Promise<Effects> {
  const { phone, sid, code, receivedAt: at } = text
  if (text.class === 'opt_out')
    return { ...nothing, optedOut: await optOutAccount(tx, deps, accountId, text, { now, isOwner: true }) }
  if (text.class !== 'opt_in' && text.class !== 'confirm') return nothing
  const answer = { phone, inboundId, sid, at, recordedAt: now }
  const optInConfirmed = mayAnswerOptIn(text) && (await confirmOptIn(tx, accountId, answer))
  // YES is the carrier's word for START and people's word for yes: it is both.
  const restored =
    text.class === 'opt_in' &&
    (await restoreForPhone(tx, accountId, phone, restoration(text, now))).length > 0
  if (restored || optInConfirmed)
    for (const hook of deps.hooks) await hook.onOptIn?.(tx, accountId, [phone], now)
  let confirmed = false
  if (text.class === 'confirm' || isExactYes(text.body))
    for (const hook of deps.hooks)
      confirmed ||= await hook.onReply(tx, accountId, { phone, code, inboundId, at })
  const standing = await consentStanding(tx, accountId, phone)
  const subscribed = Object.values(standing).includes('granted')
  return { optedOut: false, restored, optInConfirmed, confirmed, subscribed }
}

/** "I'll be there" and a code answer a reminder, and no request to opt in that waits beside it. */
function mayAnswerOptIn({ class: read, code, body }: Inbound): boolean {
  return code === null && (read === 'opt_in' || isPlainYes(body))
}

function restoration({ sid, receivedAt }: Inbound, now: Date) {
  return { source: 'inbound text', evidence: { sid }, occurredAt: receivedAt, recordedAt: now }
}

function attentionOf(text: Inbound, effects: Effects): Attention | null {
  if (text.class === 'opt_out') return isClashingKeyword(text.body) ? 'keyword_clash' : null
  if (text.class === 'confirm' && !effects.confirmed && !effects.optInConfirmed)
    return 'unmatched_confirmation'
  return text.class === 'other' && isAmbiguous(text.body) ? 'ambiguous' : null
}

function outcomeOf(text: Inbound, effects: Effects): string {
  if (text.class === 'opt_out') return 'opted-out'
  if (effects.optInConfirmed) return 'opted-in'
  if (effects.restored) return 'restored'
  if (effects.confirmed) return 'confirmed'
  return text.class === 'opt_in' && !effects.subscribed ? 'nothing-to-restore' : 'kept'
}

function eventOf(text: Inbound, effects: Effects): string {
  if (text.class === 'opt_out') return 'opted_out'
  if (effects.optInConfirmed || effects.restored) return 'opted_in'
  return effects.confirmed ? 'confirmed' : 'received'
}
