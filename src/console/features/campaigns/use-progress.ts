import { useEffect } from 'react'
import { refresh } from '../../api/use-read.js'
import {
  CampaignDocument,
  CampaignProgressDocument,
  CampaignsDocument,
  type CampaignState,
  type ProgressFragment,
} from '../../generated/graphql.js'
import { useLiveValue } from '../../live/use-live-value.js'

const followed: ReadonlySet<CampaignState> = new Set(['RUNNING', 'PAUSED', 'SCHEDULED', 'COMPLETED'])

/** Where a campaign stands, pushed; what was read of it until the first push is there. Lists have `ProgressOfList`. */
export function useProgress(read: ProgressFragment): ProgressFragment {
  const { campaignId } = read
  const pushed = useLiveValue(
    CampaignProgressDocument,
    { campaignId },
    ({ campaignProgress }) => campaignProgress,
    { isEnabled: followed.has(read.state) },
  )
  return pushed ?? read
}

/** When a campaign is pushed in another state than it was read in, everything else of it is read again. */
export function useStateNews(progress: ProgressFragment, read: { state: CampaignState }): void {
  useEffect(() => {
    if (progress.state !== read.state) void refresh(CampaignsDocument, CampaignDocument)
  }, [progress.state, read.state])
}
