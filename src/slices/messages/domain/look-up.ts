/** A message in the carrier's list, as far as attribution needs it. */
export interface ListedCandidate {
  sid: string
  outbound: boolean
  fromOurSender: boolean
  createdAt: Date
  /** Belongs to another attempt already. */
  taken: boolean
}

export interface LookUpFacts {
  state: 'unknown' | 'unproven'
  policy: 'P0' | 'P1'
  claimedAt: Date
  /** After this the carrier refuses the call (P1), or we did not write it any more (P0). */
  notAfter: Date
  askedAt: Date
  listed: readonly ListedCandidate[]
  /** ε: how far the carrier's clock and ours may differ. */
  clockSkewMs: number
  /** Λ: an accepted message is in the list at the latest after this. */
  listLagMs: number
  /** The longest that a text is kept by the carrier (ValidityPeriod). */
  validityMs: number
  /** The text is of no use after this; its call asked the carrier to keep it no longer. */
  usefulUntil: Date | null
}

/** ValidityPeriod is at least a second. */
const VALIDITY_MIN_MS = 1_000

/** When the carrier has given up whatever it took of a call in time: an upper bound, whenever the call was made. */
export function givenUpAt(facts: Pick<LookUpFacts, 'notAfter' | 'validityMs' | 'usefulUntil'>): number {
  const notAfter = facts.notAfter.getTime()
  const useful = facts.usefulUntil === null ? Infinity : Math.max(facts.usefulUntil.getTime(), notAfter)
  return Math.min(notAfter + facts.validityMs, useful + VALIDITY_MIN_MS)
}

export type LookUpDecision =
  /** The first settles the attempt; a further one would be a duplicate and is kept as an observation. */
  | { verdict: 'found'; sids: readonly string[]; candidates: number }
  /** P1: proved absent, may be sent again. */
  | { verdict: 'absent'; candidates: 0 }
  /** P0: closed and charged without proof. */
  | { verdict: 'unproven'; candidates: 0 }
  /** An unproven charge whose message is still not in the list a day later: given back. */
  | { verdict: 'refund'; candidates: 0 }
  | { verdict: 'too_early'; candidates: 0 }

/**
 * What a look-up by number proves. A candidate is one of ours, created in the attempt's own window, that belongs to no
 * other attempt; since a number never has two unresolved attempts, it is this attempt's. Absence counts only
 * once the credential is dead and the list has had time to show everything.
 */
export function decideLookUp(facts: LookUpFacts): LookUpDecision {
  // The carrier gives whole seconds: what it created after the claim may be dated before it, in the same second.
  const from = Math.floor((facts.claimedAt.getTime() - facts.clockSkewMs) / 1_000) * 1_000
  const until = facts.notAfter.getTime() + facts.clockSkewMs
  const candidates = facts.listed.filter(
    (item) =>
      item.outbound &&
      item.fromOurSender &&
      !item.taken &&
      item.createdAt.getTime() >= from &&
      item.createdAt.getTime() <= until,
  )
  if (candidates.length > 0) {
    return { verdict: 'found', sids: candidates.map((item) => item.sid), candidates: candidates.length }
  }
  if (facts.state === 'unproven') return { verdict: 'refund', candidates: 0 }
  const asked = facts.askedAt.getTime()
  if (asked <= until + facts.listLagMs) return { verdict: 'too_early', candidates: 0 }
  if (facts.policy === 'P1') return { verdict: 'absent', candidates: 0 }
  const closed = givenUpAt(facts) + facts.clockSkewMs + facts.listLagMs
  return asked > closed ? { verdict: 'unproven', candidates: 0 } : { verdict: 'too_early', candidates: 0 }
}
