import type { AccountId, CampaignId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import type { EventListener } from '../../platform/realtime/event-listener.js'
import { liveSnapshots } from '../../platform/realtime/live-query.js'
import { campaignProgress, campaignsProgress, type CampaignProgress } from './campaign-progress.js'

/** Five a second at most: faster is more than people can read, and thousands of messages a second drown nobody. */
const MIN_INTERVAL_MS = 200

/**
 * Where a campaign stands now, and then each time that it stands differently. Null for a campaign that is not of this
 * account. Everybody who follows the same campaign shares one read.
 */
export function liveProgress(
  deps: { db: Db; events: EventListener },
  accountId: AccountId,
  campaignId: CampaignId,
): AsyncGenerator<CampaignProgress | null, void, undefined> {
  let shown: CampaignProgress | null = null
  return liveSnapshots({
    listener: deps.events,
    accountId,
    key: `campaign-progress:${accountId}:${campaignId}`,
    minIntervalMs: MIN_INTERVAL_MS,
    read: async () => {
      const now = await campaignProgress(deps, accountId, campaignId)
      // Events of other campaigns raise the sequence number; that alone is no news about this one.
      if (now === null || shown === null || !isSame(now, shown)) shown = now
      return shown
    },
  })
}

/**
 * The same for a list: all of them each time that one stands differently, from one read, so that a list of campaigns costs
 * one query per snapshot and not one for each of its lines. Campaigns of other accounts are left out.
 */
export function liveProgressOf(
  deps: { db: Db; events: EventListener },
  accountId: AccountId,
  campaignIds: readonly CampaignId[],
): AsyncGenerator<CampaignProgress[], void, undefined> {
  const shown = new Map<CampaignId, CampaignProgress>()
  const ids = [...new Set(campaignIds)].sort()
  return liveSnapshots({
    listener: deps.events,
    accountId,
    key: `campaigns-progress:${accountId}:${ids.join()}`,
    minIntervalMs: MIN_INTERVAL_MS,
    read: async () => {
      for (const [id, now] of await campaignsProgress(deps, accountId, ids)) {
        const before = shown.get(id)
        if (before === undefined || !isSame(now, before)) shown.set(id, now)
      }
      return ids.flatMap((id) => shown.get(id) ?? [])
    },
  })
}

function isSame(left: CampaignProgress, right: CampaignProgress): boolean {
  return JSON.stringify({ ...left, seq: 0 }) === JSON.stringify({ ...right, seq: 0 })
}
