import type { AccountId } from '../../src/kernel/ids.js'

/** A correction of credits that was asked for until it was answered: the ledger must hold it exactly once. */
export interface Correction {
  accountId: AccountId
  key: string
  credits: number
}

/** What the storm's users asked for and were told, to be held against the database afterwards. */
export interface Journal {
  readonly corrections: Correction[]
  /** Campaigns that were started under a key, once each. */
  readonly startedCampaigns: Set<string>
  /** Credits that each account was ever granted, whether or not they were taken back later. */
  readonly granted: Map<AccountId, number>
  count(what: string): void
  readonly counts: ReadonlyMap<string, number>
}

export function openJournal(): Journal {
  const counts = new Map<string, number>()
  return {
    counts,
    corrections: [],
    startedCampaigns: new Set(),
    granted: new Map(),
    count: (what) => counts.set(what, (counts.get(what) ?? 0) + 1),
  }
}
