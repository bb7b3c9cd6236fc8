import { assert } from '../../../kernel/assert.js'
import type { CampaignState } from './campaign-state.js'
import type { PauseReason } from './pause-reason.js'
import { totalSkipped, type SkipCounts } from './skip-reason.js'

/** Where everybody of a campaign stands. Each recipient is counted in exactly one of the counts. */
export interface RecipientCounts {
  /** Of recipients who get no text; by reason in `skippedBy`. */
  skipped: number
  /** Waiting for their turn, prepared or not. */
  pending: number
  /** A call to the carrier is under way. */
  inFlight: number
  /** Nobody can tell yet whether the carrier took it. */
  unknown: number
  accepted: number
  /** Closed without proof, charged by the account's policy. */
  unproven: number
  failed: number
  suppressed: number
  cancelled: number
  expired: number
}

export interface Progress extends RecipientCounts {
  audienceSize: number
  skippedBy: SkipCounts
  /** Of the pending: not turned into messages yet. */
  unprepared: number
  /** Of the accepted, so far. */
  delivered: number
  undelivered: number
  heldCredits: number
  capturedCredits: number
  capCredits: number | null
  state: CampaignState
  pauseReason: PauseReason | null
  pauseDetail: string | null
  autoResume: boolean
  /** Place of the next recipient in the frozen order; null when nobody is left. */
  nextOrdinal: number | null
  /** When texts go on if everybody who is left waits for the hours or the day's cap; null otherwise. */
  nextOpeningAt: Date | null
  /** Texts a second, lately. */
  ratePerSecond: number
  /** At that rate; null while it stands still. */
  secondsLeft: number | null
}

export interface ProgressFacts {
  state: CampaignState
  pauseReason: PauseReason | null
  pauseDetail: string | null
  autoResume: boolean
  capCredits: number | null
  /** Null before the start: there is no audience yet. */
  preparation: { audienceSize: number; nextOrdinal: number; skipped: SkipCounts; done: boolean } | null
  tally: Omit<RecipientCounts, 'skipped' | 'inFlight'> & {
    dispatching: number
    delivered: number
    undelivered: number
    heldCredits: number
    capturedCredits: number
  }
  nextPendingOrdinal: number | null
  /** Of recipients who all wait for their hours. */
  nextOpeningAt: Date | null
  /** Texts that were claimed within the window. */
  recentlyClaimed: number
  windowSeconds: number
}

/** Puts the counts together and checks that they add up to the audience; a sum that does not is a bug, never shown. */
export function assembleProgress(facts: ProgressFacts): Progress {
  const { tally, preparation, state } = facts
  const skippedBy = preparation?.skipped ?? {}
  const notPrepared = countUnprepared(facts)
  // Recipients of a cancelled campaign who were never prepared will not be.
  const isOver = state === 'cancelled'
  const pending = tally.pending + (isOver ? 0 : notPrepared)
  const ratePerSecond = state === 'running' ? facts.recentlyClaimed / facts.windowSeconds : 0
  return {
    state,
    pauseReason: facts.pauseReason,
    pauseDetail: facts.pauseDetail,
    autoResume: facts.autoResume,
    audienceSize: preparation?.audienceSize ?? 0,
    skipped: totalSkipped(skippedBy),
    skippedBy,
    pending,
    unprepared: isOver ? 0 : notPrepared,
    inFlight: tally.dispatching,
    unknown: tally.unknown,
    accepted: tally.accepted,
    delivered: tally.delivered,
    undelivered: tally.undelivered,
    unproven: tally.unproven,
    failed: tally.failed,
    suppressed: tally.suppressed,
    cancelled: tally.cancelled + (isOver ? notPrepared : 0),
    expired: tally.expired,
    heldCredits: tally.heldCredits,
    capturedCredits: tally.capturedCredits,
    capCredits: facts.capCredits,
    nextOrdinal: isOver ? null : nextOrdinal(facts),
    nextOpeningAt: isOver || notPrepared > 0 ? null : facts.nextOpeningAt,
    ratePerSecond,
    secondsLeft: ratePerSecond > 0 ? Math.ceil(pending / ratePerSecond) : null,
  }
}

function countUnprepared({ tally, preparation }: ProgressFacts): number {
  if (preparation === null) return 0
  const messages =
    tally.pending + tally.dispatching + tally.unknown + tally.accepted + tally.unproven + tally.failed +
    tally.suppressed + tally.cancelled + tally.expired // prettier-ignore
  const left = preparation.audienceSize - totalSkipped(preparation.skipped) - messages
  assert(left >= 0, 'no more messages than recipients')
  assert(!preparation.done || left === 0, 'every recipient of a prepared campaign is skipped or a message')
  return left
}

function nextOrdinal({ nextPendingOrdinal, preparation }: ProgressFacts): number | null {
  if (nextPendingOrdinal !== null) return nextPendingOrdinal
  return preparation === null || preparation.done ? null : preparation.nextOrdinal
}

export function sumOfCounts(progress: RecipientCounts): number {
  return (
    progress.skipped + progress.pending + progress.inFlight + progress.unknown + progress.accepted +
    progress.unproven + progress.failed + progress.suppressed + progress.cancelled + progress.expired // prettier-ignore
  )
}
