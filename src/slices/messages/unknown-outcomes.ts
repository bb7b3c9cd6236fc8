import type { AccountId, AttemptId, CampaignId } from '../../kernel/ids.js'
import { trustId, type MessageId } from '../../kernel/ids.js'
import type { Clock } from '../../kernel/clock.js'
import type { Db } from '../../platform/db/data-source.js'
import { readOfRoute, type StoredWebhook } from '../webhooks/index.js'
import { STATUS_PROVIDER } from './apply-status-callbacks.js'
import {
  nextStepOf,
  type NextStep,
  type UnknownFacts,
  type UnknownWindows,
} from './domain/unknown-decision.js'
import { messageTimeline, type TimelineEntry } from './message-timeline.js'
import {
  readDecisionsOf,
  readLookUpsOf,
  readObservationsOf,
  type TimelineDecision,
  type TimelineLookUp,
  type TimelineObservation,
} from './store/timeline-rows.js'
import { listUnknown, readUnknown, type UnknownKind, type UnknownRow } from './store/unknown-rows.js'

export interface UnknownDeps {
  db: Db
  clock: Clock
  windows: UnknownWindows
}

export interface UnknownOutcome extends UnknownRow {
  next: NextStep
}

export interface UnknownSearch {
  kinds: readonly UnknownKind[]
  campaignId: CampaignId | null
  /** Authorised before this moment. */
  before: Date | null
}

/** Attempts of unknown outcome, closed without proof, or proved late; oldest first. Of one account, or of all (null). */
export async function listUnknownOutcomes(
  deps: UnknownDeps,
  accountId: AccountId | null,
  search: UnknownSearch,
  page: { afterId: string | null; limit: number },
): Promise<UnknownOutcome[]> {
  const rows = await listUnknown(deps.db, {
    ...search,
    ...page,
    accountId,
    windowMs: windowMs(deps.windows),
  })
  return rows.map((row) => withNextStep(deps, row))
}

export interface InspectedOutcome {
  outcome: UnknownOutcome
  lookUps: TimelineLookUp[]
  callbacks: (StoredWebhook & { params: Readonly<Record<string, string | readonly string[]>> })[]
  observations: TimelineObservation[]
  decisions: TimelineDecision[]
  timeline: TimelineEntry[]
}

const CALLBACKS_MAX = 200

/** Everything that somebody who decides should see of one attempt. Null for one of another account. */
export async function inspectUnknownOutcome(
  deps: UnknownDeps,
  accountId: AccountId,
  attemptId: AttemptId,
): Promise<InspectedOutcome | null> {
  const row = await readUnknown(deps.db, accountId, attemptId, windowMs(deps.windows))
  if (row === null) return null
  const [lookUps, observations, decisions, callbacks, story] = await Promise.all([
    readLookUpsOf(deps.db, [attemptId]),
    readObservationsOf(deps.db, [attemptId]),
    readDecisionsOf(deps.db, [attemptId]),
    readOfRoute(deps.db, {
      provider: STATUS_PROVIDER,
      keyPrefix: `${attemptId}:`,
      limit: CALLBACKS_MAX,
    }),
    messageTimeline(deps, accountId, trustId<MessageId>(row.messageId)),
  ])
  return {
    outcome: withNextStep(deps, row),
    lookUps,
    callbacks,
    observations,
    decisions,
    timeline: story?.entries ?? [],
  }
}

export function windowMs({ clockSkewMs, listLagMs }: UnknownWindows): number {
  return clockSkewMs + listLagMs
}

function withNextStep({ windows, clock }: UnknownDeps, row: UnknownRow): UnknownOutcome {
  return { ...row, next: nextStepOf(factsOf(row), windows, clock.now().toJSDate()) }
}

export function factsOf(row: UnknownRow): UnknownFacts {
  const { state, claimedAt, notAfter, usefulUntil, decided, lookedUpInVain, calls, gate, fenceHolds } = row
  const wasFenced = row.policy === 'P1' || (gate['fenced'] === true && gate['fenceProved'] === true)
  return {
    state,
    policy: fenceHolds ? row.policy : 'P0',
    claimedAt,
    notAfter,
    usefulUntil,
    decided,
    lookedUpInVain,
    calls,
    fenced: fenceHolds && wasFenced,
    givenBack: row.money === 'given_back',
  }
}
