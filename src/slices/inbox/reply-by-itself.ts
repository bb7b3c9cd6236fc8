import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import type { PriceBook } from '../credits/index.js'
import { answerKey } from '../messages/index.js'
import { answerText } from './answer-text.js'
import { carrierAnswers, senderKind } from './domain/carrier-keyword.js'
import { answerUsefulMs, decideReply } from './domain/decide-reply.js'
import { replyLanguage } from './domain/reply-language.js'
import { replyText } from './domain/reply-texts.js'
import type { Inbound } from './read-inbound.js'
import type { Effects } from './receive-text.js'
import { readSettings } from './store/account-facts.js'
import { countAnswers } from './store/answer-rows.js'

const HOUR_MS = 3_600_000

interface Given {
  inboundId: string
  contactId: string | null
  effects: Effects
  now: Date
  book: PriceBook
}

/**
 * Answers a text where the rules ask for it: once, from the account that it belongs to, as a text that answers this one
 * and needs no consent. One that would come too late is not sent. If the carrier took the text for an opt-out after all,
 * it refuses the answer (21610), which costs nothing.
 */
export async function replyByItself(
  tx: Tx,
  accountId: AccountId,
  text: Inbound,
  { inboundId, contactId, effects, now, book }: Given,
): Promise<void> {
  const settings = await readSettings(tx, accountId)
  const kind = decideReply({
    class: text.class,
    ...effects,
    carrierAnswers:
      text.carrierTookPart ||
      (text.keyword !== null && carrierAnswers(settings.carrierAnswers, kindOfSender(text))),
    answeredLately: await countAnswers(tx, accountId, text.phone, new Date(now.getTime() - HOUR_MS)),
  })
  if (kind === null || kind === 'opt_in_request') return
  const expiresAt = new Date(text.receivedAt.getTime() + answerUsefulMs[kind])
  if (expiresAt <= now) return
  const names = { brand: settings.brandName, contact: settings.helpContact ?? settings.brandName }
  await answerText(
    tx,
    accountId,
    {
      phone: text.phone,
      contactId,
      kind,
      purpose: 'service',
      body: replyText(kind, replyLanguage(text.language, settings.language), names),
      answers: inboundId,
      actor: null,
      idemKey: answerKey(inboundId),
      expiresAt,
    },
    { book, now },
  )
}

function kindOfSender(text: Inbound) {
  return senderKind(text.senders.at(-1) ?? text.sender)
}
