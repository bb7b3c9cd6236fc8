import type { AccountId, CampaignId } from '../../kernel/ids.js'
import type { CampaignDeps, Caller } from './campaign-deps.js'
import { assembleProgress, type Progress } from './domain/progress.js'
import { readFailures, readProgress } from './store/progress.js'

export interface CampaignProgress extends Progress {
  campaignId: CampaignId
  /** Newest event of the account when this was read: continue from here. */
  seq: number
}

/** Where a campaign stands at one moment; null for one that is not of this account. */
export async function campaignProgress(
  deps: Pick<CampaignDeps, 'db'>,
  accountId: AccountId,
  campaignId: CampaignId,
): Promise<CampaignProgress | null> {
  return (await campaignsProgress(deps, accountId, [campaignId])).get(campaignId) ?? null
}

/** The same for many campaigns with one read. */
export async function campaignsProgress(
  deps: Pick<CampaignDeps, 'db'>,
  accountId: AccountId,
  campaignIds: readonly CampaignId[],
): Promise<Map<CampaignId, CampaignProgress>> {
  const readings = await readProgress(deps.db, accountId, campaignIds)
  return new Map(
    readings.map(({ campaignId, facts, seq }) => [
      campaignId,
      { ...assembleProgress(facts), campaignId, seq },
    ]),
  )
}

/** Messages that failed for one reason, in words. */
export interface CampaignFailure {
  failureClass: string | null
  errorCode: number | null
  messages: number
  words: string
  remedy: string
}

/** Why messages of a campaign failed, most frequent reason first. Empty for a campaign that is not of this account. */
export async function campaignFailures(
  deps: Pick<CampaignDeps, 'db' | 'explainFailure'>,
  caller: Caller,
  campaignId: CampaignId,
): Promise<CampaignFailure[]> {
  const failures = await readFailures(deps.db, caller.accountId, campaignId)
  return failures.map((failure) => ({ ...failure, ...deps.explainFailure(failure.errorCode ?? 0) }))
}
