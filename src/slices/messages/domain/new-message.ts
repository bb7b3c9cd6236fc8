import type { CampaignId, ContactId } from '../../../kernel/ids.js'

export type Purpose = 'transactional' | 'marketing'

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
}
