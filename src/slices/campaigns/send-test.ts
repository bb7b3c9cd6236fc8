import type { CampaignId, MessageId } from '../../kernel/ids.js'
import { inTransaction, type Tx } from '../../platform/db/transaction.js'
import { onceOnly, type KeyReused } from '../../platform/idempotency/once-only.js'
import { currentPriceBook, priceOf, type PriceBook } from '../credits/index.js'
import { addMessages, type NewMessage } from '../messages/index.js'
import type { CampaignDeps, Caller } from './campaign-deps.js'
import { parseTemplate } from '../../kernel/parse-template.js'
import { renderTemplate, type RenderedText } from '../../kernel/render-template.js'
import type { SkipReason } from './domain/skip-reason.js'
import { fieldsOf } from './domain/merge-fields.js'
import { readAccountRulesLocked } from './store/account-rules.js'
import { findMember, type AudienceMember } from './store/audience.js'
import { readBalanceIn } from './store/balance.js'
import { lockCampaign, type Campaign } from './store/campaigns.js'
import { findMessageByKey } from './store/single-messages.js'

export interface SendTestInput {
  campaignId: CampaignId
  /** A contact of the account, by id or by number (E.164). */
  to: { contactId: string } | { phone: string }
  idempotencyKey: string
}

export type SendTestRefusal =
  | {
      ok: false
      reason:
        | 'not-found'
        | 'contact-not-found'
        | 'subscription-inactive'
        | 'account-stopped'
        | 'billing-dispute'
        | 'insufficient-credits'
    }
  | { ok: false; reason: 'may-not-text'; skipReason: SkipReason }

export type SendTestResult =
  { ok: true; messageId: MessageId; segments: number; credits: number } | SendTestRefusal | KeyReused

/** A test is read on a phone that lies on the desk; one that arrives later only confuses. */
const USEFUL_MINUTES = 15

/**
 * The campaign's text as one contact would get it, sent through the same gate as every text and with the campaign's own
 * purpose: it needs that contact's consent, an active subscription and credits, and it shows up in the message log. What
 * is refused here would be refused by the gate as well; it is said now, so that nobody waits for the phone to ring.
 */
export async function sendTest(
  deps: CampaignDeps,
  caller: Caller,
  input: SendTestInput,
): Promise<SendTestResult> {
  const { accountId } = caller
  const { campaignId, to, idempotencyKey } = input
  const book = await currentPriceBook(deps.db, deps.clock.now().toJSDate())
  return inTransaction(deps.db, { name: 'campaigns.sendTest', accountId }, async (tx) => {
    const once = {
      accountId,
      key: idempotencyKey,
      operation: 'campaigns.sendTest',
      input: { campaignId, to },
    }
    return onceOnly<SendTestResult>(tx, once, async () => {
      const campaign = await lockCampaign(tx, accountId, campaignId)
      if (campaign === null) return { ok: false, reason: 'not-found' }
      return queueTest(tx, deps, campaign, { to, book, idemKey: `test:${campaignId}:${idempotencyKey}` })
    })
  })
}

async function queueTest(
  tx: Tx,
  deps: CampaignDeps,
  campaign: Campaign,
  order: { to: SendTestInput['to']; book: PriceBook; idemKey: string },
): Promise<SendTestResult> {
  const { accountId } = campaign
  const { book, idemKey } = order
  const rules = await readAccountRulesLocked(tx, accountId)
  if (rules.stoppedReason !== null) return { ok: false, reason: 'account-stopped' }
  if (rules.disputed) return { ok: false, reason: 'billing-dispute' }
  if (!rules.subscriptionActive) return { ok: false, reason: 'subscription-inactive' }
  const everybody = {
    accountId,
    audience: {},
    purpose: campaign.purpose,
    allowedCountries: rules.allowedCountries,
    pricedCountries: [...book.creditsPerSegment.keys()],
  }
  const member = await findMember(tx, everybody, order.to)
  if (member === null) return { ok: false, reason: 'contact-not-found' }
  const text = renderFor(campaign, member)
  if (typeof text === 'string') return { ok: false, reason: 'may-not-text', skipReason: text }
  const message = toTest(deps, campaign, member, { body: text.body, book, idemKey })
  if (message === null) return { ok: false, reason: 'may-not-text', skipReason: 'no_price' }
  const { available } = await readBalanceIn(tx, accountId)
  if (available < message.cost) return { ok: false, reason: 'insufficient-credits' }
  await addMessages(tx, accountId, [message])
  const messageId = await findMessageByKey(tx, accountId, idemKey)
  return { ok: true, messageId, segments: message.segments, credits: message.cost }
}

function renderFor(
  campaign: Campaign,
  member: AudienceMember,
): Extract<RenderedText, { ok: true }> | SkipReason {
  if (member.skipReason !== null) return member.skipReason
  const reading = parseTemplate(campaign.template)
  if (!reading.ok) return 'body_empty'
  const text = renderTemplate(reading.template, campaign.optOutFooter, fieldsOf(member.contact))
  return text.ok ? text : text.reason
}

function toTest(
  deps: CampaignDeps,
  campaign: Campaign,
  member: AudienceMember,
  text: { body: string; book: PriceBook; idemKey: string },
): NewMessage | null {
  const { encoding, segments } = deps.measureSegments(text.body)
  const { phone, country } = member.contact
  const cost = priceOf(text.book, country, segments)
  if (cost === null) return null
  return {
    campaignId: null,
    ordinal: null,
    contactId: member.contactId,
    purpose: campaign.purpose,
    phone,
    country,
    body: text.body,
    encoding,
    segments,
    cost,
    priceVersion: text.book.version,
    expiresAt: deps.clock.now().plus({ minutes: USEFUL_MINUTES }).toJSDate(),
    notBefore: null,
    idemKey: text.idemKey,
  }
}
