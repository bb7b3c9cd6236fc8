import type { AccountId, ContactId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { measureSegments } from '../carrier/index.js'
import { countryOfPhone } from '../contacts/index.js'
import { priceOf, type PriceBook } from '../credits/index.js'
import { addMessages, type NewMessage } from '../messages/index.js'
import { tieMessage } from './store/answer-rows.js'

export interface Answer {
  phone: string
  contactId: string | null
  /** What it is written for: an automatic kind, or `reply`. */
  kind: string
  purpose: NewMessage['purpose']
  body: string
  /** The text that it answers by itself, which is what allows it; null where consent does. */
  answers: string | null
  actor: string | null
  idemKey: string
  expiresAt: Date
}

/**
 * Writes one text to a person down, pending: the gate decides, the credits pay, and the same key never makes two. Null when
 * there is no price for the country of the number, so that it cannot be sent.
 */
export async function answerText(
  tx: Tx,
  accountId: AccountId,
  answer: Answer,
  deps: { book: PriceBook; now: Date },
): Promise<{ messageId: string; segments: number; credits: number } | null> {
  const message = toMessage(answer, deps.book)
  if (message === null) return null
  await addMessages(tx, accountId, [message])
  const { phone, kind, answers, actor } = answer
  const messageId = await tieMessage(tx, answer.idemKey, {
    accountId,
    phone,
    kind,
    answers,
    actor,
    at: deps.now,
  })
  return { messageId, segments: message.segments, credits: message.cost }
}

export interface TextPrice {
  country: string
  encoding: NewMessage['encoding']
  segments: number
  credits: number
  version: number
}

/** Null for a number without a country or without a price. */
export function priceOfText(phone: string, body: string, book: PriceBook): TextPrice | null {
  const country = countryOfPhone(phone)
  const { encoding, segments } = measureSegments(body)
  const credits = country === null ? null : priceOf(book, country, segments)
  if (country === null || credits === null) return null
  return { country, encoding, segments, credits, version: book.version }
}

function toMessage(answer: Answer, book: PriceBook): NewMessage | null {
  const { body, phone } = answer
  const price = priceOfText(phone, body, book)
  if (price === null) return null
  return {
    campaignId: null,
    ordinal: null,
    contactId: answer.contactId as ContactId | null,
    purpose: answer.purpose,
    phone,
    country: price.country,
    body,
    encoding: price.encoding,
    segments: price.segments,
    cost: price.credits,
    priceVersion: price.version,
    expiresAt: answer.expiresAt,
    notBefore: null,
    idemKey: answer.idemKey,
    answers: answer.answers,
  }
}
