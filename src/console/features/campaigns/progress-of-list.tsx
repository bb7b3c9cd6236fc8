import { createContext, use, useMemo, useState, type ReactNode } from 'react'
import {
  CampaignsProgressDocument,
  type CampaignState,
  type ProgressFragment,
} from '../../generated/graphql.js'
import { useLiveValue } from '../../live/use-live-value.js'

/** A completed campaign still gets delivery reports; a list does not follow it, its own screen does. */
const moving: ReadonlySet<CampaignState> = new Set(['RUNNING', 'PAUSED'])
/** The server follows no more at once; a list that is so long shows the others as they were read. */
const FOLLOWED_MAX = 50

type Pushed = readonly ProgressFragment[]

const Newest = createContext<ReadonlyMap<string, ProgressFragment>>(new Map())

/** Has where the campaigns of a list stand pushed to it: one subscription for all of them. */
export function ProgressOfList({
  reads,
  children,
}: {
  reads: readonly ProgressFragment[]
  children: ReactNode
}): ReactNode {
  const campaignIds = reads
    .filter(({ state }) => moving.has(state))
    .map(({ campaignId }) => campaignId)
    .slice(0, FOLLOWED_MAX)
    .sort()
  const pushed: Pushed | null = useLiveValue(
    CampaignsProgressDocument,
    { campaignIds },
    ({ campaignsProgress }) => campaignsProgress,
    { isEnabled: campaignIds.length > 0 },
  )
  // Between two sets of campaigns nothing is pushed yet; what was pushed last stays on the screen.
  const [last, setLast] = useState<Pushed>([])
  if (pushed !== null && pushed !== last) setLast(pushed)
  const newest = useMemo(() => new Map(last.map((progress) => [progress.campaignId, progress])), [last])
  return <Newest value={newest}>{children}</Newest>
}

/** Where one line of the list stands: what was pushed, unless it was read later. */
export function useListedProgress(read: ProgressFragment): ProgressFragment {
  const pushed = use(Newest).get(read.campaignId)
  return pushed === undefined || pushed.seq < read.seq ? read : pushed
}
