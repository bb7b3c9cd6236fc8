import type { CampaignId, ContactId } from '../../../kernel/ids.js'

/** `service`: an answer to a person's own text, or the request to opt in. */
export type Purpose = 'transactional' | 'marketing' | 'service'

/** A text to one number, rendered and priced. Immutable from here on. */
export interface NewMessage {
  campaignId: CampaignId | null
  /** Its place in the campaign's frozen order; null for single texts. */
  ordinal: number | null
  contactId: ContactId | null
  purpose: Purpose
  /** E.164. */
  phone: string
  /** ISO 3166-1 alpha-2, of the number. */
  country: string
  body: string
  encoding: 'GSM-7' | 'UCS-2'
  segments: number
  /** Credits: segments × the country's rate in the price book of `priceVersion`. */
  cost: number
  priceVersion: number
  expiresAt: Date | null
  notBefore: Date | null
  /** The same key of one account never makes two messages. */
  idemKey: string | null
  /** The incoming text that it answers; only a service text answers one, under the key `answerKey`. */
  answers?: string | null
}

/** One answer at most to one incoming text. The database asks for the same. */
export function answerKey(inboundId: string): string {
  return `answer:${inboundId}`
}
