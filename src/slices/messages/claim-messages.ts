import type { AccountId, AttemptId, CampaignId } from '../../kernel/ids.js'
import type { Clock } from '../../kernel/clock.js'
import { assert } from '../../kernel/assert.js'
import { isClockRight } from '../../platform/db/clock-offset.js'
import type { Db } from '../../platform/db/data-source.js'
import { AmbiguousCommit, inTransaction, type Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { holdCredits } from '../credits/index.js'
import { lockSending, watchDatabase } from '../accounts/index.js'
import type { DatabaseWitness } from './domain/database-witness.js'
import { decideControl, type LaneBlock } from './domain/gate.js'
import { CLAIM_MAX } from './domain/limits.js'
import { withMore, type RateWindow } from './domain/rate-window.js'
import { isCounted, sortByVerdict, withinBounds, withinRate, type Passed } from './judge-candidates.js'
import type { Lane } from './lane.js'
import {
  insertClaim,
  lockControl,
  readCandidates,
  writeRefusals,
  type ControlRow,
  type Refusal,
} from './store/claim-rows.js'

export interface ClaimDeps {
  db: Db
  clock: Clock
  /** What this process has seen of the database; without one, only the database's own marks tell of a restore. */
  witness?: DatabaseWitness
  /** What clocks may differ; left out where time is not real. */
  clockSkewMs?: number
}

export interface ClaimInput {
  lane: Lane
  sender: { id: number; address: string }
  worker: string
  /** Messages at most. No more than will be posted within about a second, so that whoever forbids sending waits for little. */
  limit: number
  /** Messages looked at, when more than are taken: a campaign whose recipients all sleep is put off in larger steps. */
  reach?: number
  /** Segments at most; the first message is taken whatever its size. Left out, only messages are counted. */
  segmentsMax?: number
  /** When the credential minted for these calls dies. It is minted before this transaction, never inside it. */
  notAfter: Date
  /** The same on the monotonic clock. The later of both is written down: the wall clock may have been set since the minting. */
  deadByMs: number
  /** Whether the carrier refuses late requests, which policy P1 rests on. */
  fenced: boolean
}

/** A message that may be sent now, once: its hold is taken and its intent is committed. */
export interface ClaimedMessage {
  attemptId: AttemptId
  messageId: string
  accountId: AccountId
  campaignId: CampaignId | null
  phone: string
  body: string
  segments: number
  expiresAt: Date | null
  /** When the recipient's hours close; null when no clock was asked. */
  openUntil: Date | null
}

export interface ClaimResult {
  claimed: ClaimedMessage[]
  /** Messages that the gate sent elsewhere: suppressed, expired or deferred. */
  refused: number
  /** Why the lane cannot go on, when it cannot. */
  block: LaneBlock | null
  /** Nobody knows whether these were committed; they are posted by nobody, and belong to nobody until that is settled. */
  unacknowledged?: AttemptId[]
}

/**
 * The gate. In one serializable transaction under the account's lock: is sending allowed (platform, account,
 * subscription, campaign), which are the next messages, may each be sent (consent, a number that takes texts, usefulness, the
 * recipient's own hours, texts it got today, number free), do the credits last; then hold, attempt and `dispatching` together. After the commit, and only then, the texts may be posted.
 *
 * Nothing earlier is believed: every fact is read here. Whoever forbids something (pause, stop, revocation) commits
 * before this transaction and is seen, or after it and waits for it.
 */
export async function claimMessages(deps: ClaimDeps, input: ClaimInput): Promise<ClaimResult> {
  assert(input.limit >= 1, 'a claim asks for at least one message')
  assert(input.limit <= CLAIM_MAX, 'a claim is bounded')
  const sight: Sight = { databaseWentBack: false, intended: [] }
  let result: ClaimResult
  try {
    result = await inTransaction(deps.db, { name: 'messages.claim', accountId: input.lane.accountId }, (tx) =>
      claim(tx, deps, input, sight),
    )
  } catch (error) {
    if (!(error instanceof AmbiguousCommit)) throw error
    return { claimed: [], refused: 0, block: null, unacknowledged: sight.intended }
  }
  // The refusal needs no lock; the wait after a restore begins with it, and people are told by it.
  if (sight.databaseWentBack) await lockSending(deps, WENT_BACK)
  else if (result.block === 'sending-locked') await watchDatabase(deps)
  return result
}

/**
 * A look-up searches the carrier's list around the moments written here. Where they are wrong it finds nothing, and what was
 * sent would be sent again (policy P1). How long the question took is no difference of clocks.
 */
function checkClock(
  { clock, clockSkewMs }: ClaimDeps,
  { now, askedAt }: { now: Date; askedAt: Date | null },
): void {
  if (askedAt === null || clockSkewMs === undefined) return
  const asked = askedAt.getTime()
  const offMs = Math.max(now.getTime() - asked, asked - clock.now().toMillis())
  if (!isClockRight(offMs, clockSkewMs))
    throw new Error(`nothing is claimed: the clock of this process is ${String(offMs)} ms off the database's`)
}

interface Sight {
  databaseWentBack: boolean
  /** What the transaction would send, should its commit take effect. */
  intended: AttemptId[]
}

const WENT_BACK = 'restore: the database knows less than this program has seen of it'

async function claim(tx: Tx, deps: ClaimDeps, input: ClaimInput, sight: Sight): Promise<ClaimResult> {
  const { lane } = input
  const now = deps.clock.now().toJSDate()
  const notAfter = diesAt(deps.clock, input)
  // The process was stopped for longer than its credential lives: nothing could be sent with it any more.
  if (notAfter <= now) return { claimed: [], refused: 0, block: null }
  const known = deps.witness?.known
  const isSingles = lane.campaignId === null
  const control = await lockControl(tx, lane.accountId, isSingles)
  checkClock(deps, { now, askedAt: control.askedAt })
  sight.databaseWentBack = known !== undefined && deps.witness?.hasGoneBack(known, control.position) === true
  if (sight.databaseWentBack) return { claimed: [], refused: 0, block: 'sending-locked' }
  const gate = await lane.gate(tx)
  const block =
    decideControl({ ...control, isHeld: control.singles.isHeld }) ??
    (gate.mayRun ? null : (gate.block ?? 'campaign-not-running'))
  if (block !== null) return { claimed: [], refused: 0, block }

  const candidates = await readCandidates(tx, {
    accountId: lane.accountId,
    campaignId: lane.campaignId,
    senderId: input.sender.id,
    now,
    limit: Math.max(input.limit, input.reach ?? 0),
    otherCampaigns: control.hours.waiver === null ? (gate.otherCampaigns ?? []) : [],
  })
  const judged = sortByVerdict(candidates, control, now)
  const rated = withinRate(judged.passed, isSingles ? control.singles : null, now)
  const { late, window } = rated
  const passed = withinBounds(rated.passed, input)
  const refusals = [...judged.refusals, ...late]
  if (refusals.length > 0) await refuse(tx, lane, refusals)
  if (passed.length === 0) return { claimed: [], refused: refusals.length, block: null }

  const { held } = await holdCredits(
    tx,
    lane.accountId,
    passed.map(({ row, attemptId }) => ({ attemptId, cost: row.cost })),
    {
      // Appointment texts may use what campaigns must leave.
      reserveCredits: isSingles ? 0 : control.reserveCredits,
      capCredits: gate.capCreditsLeft,
      now,
      actor: `worker:${input.worker}`,
    },
  )
  const chosen = passed.slice(0, held)
  sight.intended = chosen.map(({ attemptId }) => attemptId)
  if (chosen.length > 0) await writeIntent(tx, { ...input, notAfter }, control, chosen, { now, window })
  return {
    claimed: chosen.map((passed) => toClaimed(passed, lane)),
    refused: refusals.length,
    block: held === passed.length ? null : exhaustedBy(gate.capCreditsLeft, passed, held),
  }
}

/** A look-up searches until then, and nothing is absent before: too late costs time, too early a second text. */
function diesAt(clock: Clock, { notAfter, deadByMs }: ClaimInput): Date {
  const leftMs = deadByMs - clock.monotonicMs()
  return new Date(Math.max(notAfter.getTime(), clock.now().toMillis() + leftMs))
}

async function refuse(tx: Tx, lane: Lane, refusals: readonly Refusal[]): Promise<void> {
  await writeRefusals(tx, lane.accountId, refusals)
  const late = refusals.filter((refusal) => refusal.reason === 'rate_limited')
  if (late.length > 0) {
    await appendEvent(tx, {
      accountId: lane.accountId,
      topic: 'operations',
      messageIds: late.map((refusal) => refusal.messageId),
      payload: { kind: 'rate_limited', until: late[0]?.notBefore?.toISOString() ?? null },
    })
  }
  const deferred = refusals.filter((refusal) => isByTheClock(refusal) && refusal.state === 'pending')
  if (deferred.length > 0) {
    await appendEvent(tx, {
      accountId: lane.accountId,
      topic: 'messages',
      campaignId: lane.campaignId,
      messageIds: deferred.map((refusal) => refusal.messageId),
      payload: { kind: 'deferred', reasons: countBy(deferred.map((refusal) => refusal.reason)) },
    })
  }
  const final = refusals.filter((refusal) => refusal.state !== 'pending')
  if (final.length === 0) return
  await appendEvent(tx, {
    accountId: lane.accountId,
    topic: 'messages',
    campaignId: lane.campaignId,
    messageIds: final.map((refusal) => refusal.messageId),
    payload: { kind: 'refused', reasons: countBy(final.map((refusal) => refusal.reason)) },
  })
}

function isByTheClock({ reason }: Refusal): boolean {
  return reason === 'quiet_hours' || reason === 'frequency_cap'
}

async function writeIntent(
  tx: Tx,
  input: ClaimInput,
  control: ControlRow,
  chosen: readonly Passed[],
  { now, window }: { now: Date; window: RateWindow | null },
): Promise<void> {
  const { lane } = input
  const firstCalls = chosen.filter(({ row }) => isCounted(row)).length
  await insertClaim(tx, {
    accountId: lane.accountId,
    campaignId: lane.campaignId,
    senderId: input.sender.id,
    worker: input.worker,
    // Without a proved fence nothing may ever be resent, whatever the account chose.
    unknownPolicy:
      input.fenced && control.fenceProved
        ? control.unknownPolicy[lane.campaignId === null ? 'single' : 'campaign']
        : 'P0',
    claimedAt: now,
    notAfter: input.notAfter,
    gate: {
      allowedCountries: control.allowedCountries,
      subscription: control.subscriptionState,
      reserveCredits: control.reserveCredits,
      fenced: input.fenced,
      fenceProved: control.fenceProved,
      ...hoursSeen(chosen, control),
    },
    attempts: chosen.map((passed) => ({
      attemptId: passed.attemptId,
      messageId: passed.row.id,
      consentEventId: passed.consentEventId,
    })),
    window: window === null ? null : withMore(window, firstCalls),
  })
  await appendEvent(tx, {
    accountId: lane.accountId,
    topic: 'messages',
    campaignId: lane.campaignId,
    messageIds: chosen.map((passed) => passed.row.id),
    payload: { kind: 'dispatching' },
  })
}

/** Kept with the claim, so that the timeline and the audit can say that each text went within its hours. */
function hoursSeen(chosen: readonly Passed[], control: ControlRow): Record<string, unknown> {
  const { hours, marketingPerDay } = control
  if (hours.waiver !== null) return { quietHours: 'waived', waiver: hours.waiver }
  const closes = chosen.flatMap(({ openUntil }) => (openUntil === null ? [] : [openUntil.getTime()]))
  if (closes.length === 0) return { quietHours: 'answers' }
  const zones = [...new Set(chosen.flatMap((passed) => passed.zones))]
  return {
    quietHours: 'open',
    openUntil: new Date(Math.min(...closes)).toISOString(),
    zones: zones.slice(0, ZONES_KEPT).join(' '),
    marketingPerDay,
  }
}

const ZONES_KEPT = 12

function toClaimed({ row, attemptId, openUntil }: Passed, lane: Lane): ClaimedMessage {
  return {
    attemptId,
    messageId: row.id,
    accountId: lane.accountId,
    campaignId: lane.campaignId,
    phone: row.phone,
    body: row.body,
    segments: row.segments,
    expiresAt: row.expires_at,
    openUntil,
  }
}

/** The next message did not fit: below the campaign's cap, or below the account's credits. */
function exhaustedBy(capCreditsLeft: number | null, passed: readonly Passed[], held: number): LaneBlock {
  if (capCreditsLeft === null) return 'credits-exhausted'
  const wanted = passed.slice(0, held + 1).reduce((sum, { row }) => sum + row.cost, 0)
  return wanted > capCreditsLeft ? 'cap-reached' : 'credits-exhausted'
}

function countBy(reasons: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const reason of reasons) counts[reason] = (counts[reason] ?? 0) + 1
  return counts
}
