import type { CampaignId } from '../../kernel/ids.js'
import type { CampaignDeps, Caller } from './campaign-deps.js'
import type { CampaignState } from './domain/campaign-state.js'
import type { RecipientState } from './domain/recipient-state.js'
import { listCampaignRows, readCampaign, type Campaign } from './store/campaigns.js'
import { listRecipientRows, type Recipient } from './store/recipients.js'

export type { Campaign } from './store/campaigns.js'
export type { Recipient } from './store/recipients.js'

/** Null for a campaign that is not of this account. */
export async function findCampaign(
  deps: Pick<CampaignDeps, 'db'>,
  caller: Caller,
  campaignId: CampaignId,
): Promise<Campaign | null> {
  return readCampaign(deps.db, caller.accountId, campaignId)
}

/** Newest first; `before` is the id where the page before ended. */
export async function listCampaigns(
  deps: Pick<CampaignDeps, 'db'>,
  caller: Caller,
  page: { states?: readonly CampaignState[] | null; before: string | null; limit: number },
): Promise<Campaign[]> {
  const { before, limit } = page
  return listCampaignRows(deps.db, {
    accountId: caller.accountId,
    states: page.states ?? null,
    before,
    limit,
  })
}

/** In the frozen order; none for a campaign that is not of this account or has not started. */
export async function listRecipients(
  deps: Pick<CampaignDeps, 'db'>,
  caller: Caller,
  page: {
    campaignId: CampaignId
    states?: readonly RecipientState[] | null
    after: number | null
    limit: number
  },
): Promise<Recipient[]> {
  const { campaignId, after, limit } = page
  const query = { accountId: caller.accountId, campaignId, states: page.states ?? null, after, limit }
  return listRecipientRows(deps.db, query)
}
