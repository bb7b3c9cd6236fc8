import { assert } from '../../kernel/assert.js'
import type { AccountId, CampaignId } from '../../kernel/ids.js'
import { inTransaction, type Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { priceOf, type PriceBook } from '../credits/index.js'
import { addMessages, type NewMessage } from '../messages/index.js'
import type { CampaignDeps } from './campaign-deps.js'
import { parseTemplate, type ParsedTemplate } from '../../kernel/parse-template.js'
import { renderTemplate } from '../../kernel/render-template.js'
import { addSkips, type SkipCounts, type SkipReason } from './domain/skip-reason.js'
import { fieldsOf } from './domain/merge-fields.js'
import { readRecipients, writeSkips, type FrozenRecipient } from './store/audience.js'
import { lockCampaign, readCampaign, type Campaign } from './store/campaigns.js'
import { unpreparedCampaigns } from './store/due.js'
import { readPriceVersion } from './store/price-book.js'
import {
  advancePreparation,
  lockPreparation,
  readPreparation,
  type Preparation,
} from './store/preparation.js'
import { visitEach } from '../../kernel/visit-each.js'

/** Recipients per transaction: small enough that claims of the account wait for little in between. */
const CHUNK_SIZE = 2_000
const CAMPAIGNS_MAX = 50

/**
 * Turns frozen recipients into messages, one chunk of every campaign that needs it, so that a large campaign does not
 * hold up a small one. Returns whether there is more to do. Any number of processes may run it; what one of them was
 * doing when it died is done again by the next, from the same place.
 */
export async function prepareAudiences(deps: CampaignDeps): Promise<{ prepared: number; more: boolean }> {
  let prepared = 0
  const open = await unpreparedCampaigns(deps.db, CAMPAIGNS_MAX)
  await visitEach(open, async ({ accountId, campaignId }) => {
    prepared += await prepareChunk(deps, accountId, campaignId)
  })
  return { prepared, more: open.length > 0 }
}

interface Chunk {
  messages: NewMessage[]
  skips: { ordinal: number; reason: SkipReason }[]
}

/**
 * One chunk, in the frozen order. Texts are rendered before the transaction, from contacts as they are at this moment;
 * the transaction then writes them, their skips and the new place together, if nobody else has done this chunk meanwhile
 * and the campaign still goes on. Returns how many recipients it dealt with.
 */
export async function prepareChunk(
  deps: CampaignDeps,
  accountId: AccountId,
  campaignId: CampaignId,
): Promise<number> {
  const campaign = await readCampaign(deps.db, accountId, campaignId)
  const before = await readPreparation(deps.db, campaignId)
  if (campaign === null || before === null || before.done) return 0
  const range = { from: before.nextOrdinal, limit: CHUNK_SIZE }
  const recipients = await readRecipients(deps.db, accountId, campaignId, range)
  const last = recipients.at(-1)
  assert(last !== undefined, 'an open preparation has recipients left')
  const chunk = await renderChunk(deps, campaign, before, recipients)

  return inTransaction(deps.db, { name: 'campaigns.prepare', accountId }, async (tx) => {
    const current = await lockCampaign(tx, accountId, campaignId)
    if (current?.state !== 'running' && current?.state !== 'paused') return 0
    const preparation = await lockPreparation(tx, campaignId)
    if (preparation?.nextOrdinal !== before.nextOrdinal) return 0
    await writeChunk(tx, current, preparation, { ...chunk, nextOrdinal: last.ordinal + 1 })
    return recipients.length
  })
}

async function writeChunk(
  tx: Tx,
  campaign: Campaign,
  preparation: Preparation,
  chunk: Chunk & { nextOrdinal: number },
): Promise<void> {
  const { added } = await addMessages(tx, campaign.accountId, chunk.messages)
  // One contact has one number, so nothing can have been there already; else the counts would no longer add up.
  assert(added === chunk.messages.length, 'every recipient of a chunk becomes a message')
  await writeSkips(tx, campaign.id, chunk.skips)
  await advancePreparation(tx, preparation, {
    nextOrdinal: chunk.nextOrdinal,
    skipped: addSkips(preparation.skipped, countSkips(chunk.skips)),
  })
  await appendEvent(tx, {
    accountId: campaign.accountId,
    topic: 'campaigns',
    campaignId: campaign.id,
    payload: {
      kind: 'prepared',
      messages: added,
      skipped: chunk.skips.length,
      through: chunk.nextOrdinal - 1,
    },
  })
}

async function renderChunk(
  deps: CampaignDeps,
  campaign: Campaign,
  preparation: Preparation,
  recipients: readonly FrozenRecipient[],
): Promise<Chunk> {
  const book = await readPriceVersion(deps.db, preparation.priceVersion)
  const reading = parseTemplate(campaign.template)
  assert(reading.ok, 'a started campaign has a template that can be read')
  const chunk: Chunk = { messages: [], skips: [] }
  for (const recipient of recipients) {
    if (recipient.skipReason !== null) continue
    const message = toMessage(deps, { campaign, template: reading.template, book }, recipient)
    if (typeof message === 'string') chunk.skips.push({ ordinal: recipient.ordinal, reason: message })
    else chunk.messages.push(message)
  }
  return chunk
}

function toMessage(
  deps: CampaignDeps,
  plan: { campaign: Campaign; template: ParsedTemplate; book: PriceBook },
  recipient: FrozenRecipient,
): NewMessage | SkipReason {
  const { campaign, template, book } = plan
  const { contact } = recipient
  if (contact === null) return 'contact_deleted'
  // Consent, country and price were looked up for the frozen number.
  if (contact.phone !== recipient.phone) return 'contact_changed'
  const text = renderTemplate(template, campaign.optOutFooter, fieldsOf(contact))
  if (!text.ok) return text.reason
  const { encoding, segments } = deps.measureSegments(text.body)
  const cost = priceOf(book, contact.country, segments)
  if (cost === null) return 'no_price'
  return {
    campaignId: campaign.id,
    ordinal: recipient.ordinal,
    contactId: recipient.contactId,
    purpose: campaign.purpose,
    phone: recipient.phone,
    country: contact.country,
    body: text.body,
    encoding,
    segments,
    cost,
    priceVersion: book.version,
    expiresAt: campaign.expiresAt,
    notBefore: null,
    idemKey: null,
  }
}

function countSkips(skips: readonly { reason: SkipReason }[]): SkipCounts {
  const counts: SkipCounts = {}
  for (const { reason } of skips) counts[reason] = (counts[reason] ?? 0) + 1
  return counts
}
