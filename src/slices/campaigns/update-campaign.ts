import type { CampaignId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { CampaignDeps, Caller } from './campaign-deps.js'
import { checkContent, type ContentInput, type ContentRefusal } from './check-content.js'
import { readName } from './create-campaign.js'
import { announceChange } from './move-campaign.js'
import { lockCampaign, readCampaign, updateCampaignRow, type Campaign } from './store/campaigns.js'

/** What is left out stays as it is. */
export interface UpdateCampaignInput extends Partial<ContentInput> {
  campaignId: CampaignId
  name?: string
  autoResume?: boolean
}

export type UpdateCampaignResult =
  | { ok: true; campaignId: CampaignId }
  | { ok: false; reason: 'not-found' | 'name-invalid' | 'not-draft' | 'finished' | 'changed-meanwhile' }
  | ContentRefusal

/**
 * Changes a draft. The name and automatic resume may change until the campaign has ended; what recipients get may not,
 * once it is scheduled or started: unschedule it, or clone it. The database refuses it as well.
 */
export async function updateCampaign(
  deps: CampaignDeps,
  caller: Caller,
  input: UpdateCampaignInput,
): Promise<UpdateCampaignResult> {
  const { accountId } = caller
  const { campaignId, name: givenName, autoResume, ...content } = input
  const before = await readCampaign(deps.db, accountId, campaignId)
  if (before === null) return { ok: false, reason: 'not-found' }
  const name = givenName === undefined ? before.name : readName(givenName)
  if (name === null) return { ok: false, reason: 'name-invalid' }
  const changesContent = Object.keys(content).length > 0
  const checked = changesContent
    ? await checkContent(deps, accountId, { ...contentOf(before, content), ...content })
    : null
  if (checked !== null && !checked.ok) return checked

  return inTransaction(deps.db, { name: 'campaigns.update', accountId }, async (tx) => {
    const campaign = await lockCampaign(tx, accountId, campaignId)
    if (campaign === null) return { ok: false, reason: 'not-found' }
    if (campaign.state === 'completed' || campaign.state === 'cancelled')
      return { ok: false, reason: 'finished' }
    if (checked !== null && campaign.state !== 'draft') return { ok: false, reason: 'not-draft' }
    // What was checked was read before the lock; somebody else's change in between must not be overwritten unseen.
    if (campaign.updatedAt.getTime() !== before.updatedAt.getTime())
      return { ok: false, reason: 'changed-meanwhile' }
    await updateCampaignRow(
      tx,
      { ...campaign, ...checked?.content, name, autoResume: autoResume ?? campaign.autoResume },
      deps.clock.now().toJSDate(),
    )
    await announceChange(tx, campaign)
    return { ok: true, campaignId }
  })
}

/** A new purpose without a new footer asks for that purpose's usual footer. */
function contentOf(campaign: Campaign, change: Partial<ContentInput>): ContentInput {
  const { purpose, template, optOutFooter, audience, ownCapCredits, expiresAt } = campaign
  const keepsFooter = change.purpose === undefined || change.purpose === purpose
  return { purpose, template, audience, ownCapCredits, expiresAt, ...(keepsFooter ? { optOutFooter } : {}) }
}
