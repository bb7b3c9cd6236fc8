import type { Clock } from '../../kernel/clock.js'
import type { AccountId, CampaignId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import type { Tx } from '../../platform/db/transaction.js'
import type { LaneBlock } from './domain/gate.js'
import { guardSingles } from './guard-singles.js'
import { accountsWithSingles } from './store/lanes.js'

export type { LaneBlock } from './domain/gate.js'

export interface LaneGate {
  mayRun: boolean
  block?: LaneBlock
  /** Credits that the lane may still take under its own cap; null without a cap. */
  capCreditsLeft: number | null
  /** Of a marketing campaign: the account's other ones that have been sending within 24 hours. */
  otherCampaigns?: readonly CampaignId[]
}

export interface SettledSummary {
  /** Attempts that ended without acceptance, by failure class. */
  byClass: Readonly<Record<string, number>>
  accepted: number
  unknown: number
}

/** One ordered stream of messages that the sender works on: a campaign, or the single texts of an account. */
export interface Lane {
  accountId: AccountId
  campaignId: CampaignId | null
  /** Asked before each claim, outside any transaction: whether there is no reason to hold the whole lane. */
  inspect?(): Promise<boolean>
  /** Asked inside the claim transaction, under the account's lock. */
  gate(tx: Tx): Promise<LaneGate>
  /** Told outside any transaction; re-checks whatever it acts on. */
  onBlocked(block: LaneBlock): Promise<void>
  onSettled(summary: SettledSummary): Promise<void>
}

/** The lanes of single texts (appointments, test messages) that have something due. */
export async function singleMessageLanes(db: Db, clock: Clock): Promise<Lane[]> {
  const accountIds = await accountsWithSingles(db, clock.now().toJSDate())
  return accountIds.map((accountId) => ({
    accountId,
    campaignId: null,
    inspect: () => guardSingles({ db, clock }, accountId),
    gate: () => Promise.resolve({ mayRun: true, capCreditsLeft: null }),
    onBlocked: () => Promise.resolve(),
    onSettled: () => Promise.resolve(),
  }))
}
