import type { AccountId, MessageId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import { explainFailure } from '../carrier/index.js'
import { readOfRoute } from '../webhooks/index.js'
import { STATUS_PROVIDER } from './apply-status-callbacks.js'
import {
  attemptEntries,
  callbackEntry,
  decisionEntry,
  deliveryEntry,
  lateProofEntry,
  lookUpEntry,
  messageEntry,
  observationEntry,
  transferEntry,
} from './timeline-entries.js'
import { findMessage, type ListedMessage } from './list-messages.js'
import {
  readAttemptsOf,
  readDecisionsOf,
  readLateProofsOf,
  readLookUpsOf,
  readObservationsOf,
  readTransfersOf,
} from './store/timeline-rows.js'

export const timelineKinds = [
  'created',
  'deferred',
  'claimed',
  'hold',
  'sent',
  'outcome',
  'capture',
  'release',
  'refund',
  'look_up',
  'callback',
  'observed',
  'decision',
  'late_proof',
  'late_charge',
  'delivery',
  'decided',
  'email',
] as const
export type TimelineKind = (typeof timelineKinds)[number]

export interface TimelineEntry {
  at: Date
  kind: TimelineKind
  /** One sentence for people. No number and no text of a message. */
  words: string
  attemptId: string | null
  /** 1, 2, … among the message's attempts. */
  attempt: number | null
  credits: number | null
  /** The carrier's id of the message. */
  sid: string | null
  /** The carrier's error code. */
  code: number | null
  /** For machines: what the gate saw, who gave the evidence, what a look-up counted. */
  facts: Readonly<Record<string, string | number | boolean | null>>
}

/** What other slices know of a message, given as a function by the program. */
export type TimelineSource = (db: Db, accountId: AccountId, messageId: MessageId) => Promise<TimelineEntry[]>

export interface TimelineDeps {
  db: Db
  alsoOf?: TimelineSource
}

const CALLBACKS_MAX = 200

/**
 * Everything that is known of one message, in the order in which it happened: the intent, each claim with what its gate
 * saw, what was held, captured, released and refunded, how each attempt ended and who says so, questions to the carrier
 * and their answers, its reports, and where the delivery stands. Null for a message of somebody else.
 */
export async function messageTimeline(
  deps: TimelineDeps,
  accountId: AccountId,
  messageId: MessageId,
): Promise<{ message: ListedMessage; entries: TimelineEntry[] } | null> {
  const message = await findMessage(deps, accountId, messageId)
  if (message === null) return null
  const attempts = await readAttemptsOf(deps.db, accountId, messageId)
  const ids = attempts.map((attempt) => attempt.id)
  const numbers = new Map(attempts.map((attempt) => [attempt.id, attempt.n]))
  const [transfers, lookUps, observations, lateProofs, decisions, also, callbacks] = await Promise.all([
    readTransfersOf(deps.db, accountId, ids),
    readLookUpsOf(deps.db, ids),
    readObservationsOf(deps.db, ids),
    readLateProofsOf(deps.db, ids),
    readDecisionsOf(deps.db, ids),
    deps.alsoOf?.(deps.db, accountId, messageId) ?? [],
    Promise.all(
      ids.map((id) =>
        readOfRoute(deps.db, { provider: STATUS_PROVIDER, keyPrefix: `${id}:`, limit: CALLBACKS_MAX }),
      ),
    ),
  ])
  const happened = [
    ...attempts.flatMap((attempt) => attemptEntries(attempt, explain)),
    ...transfers.map((transfer) => transferEntry(transfer, numbers)),
    ...lookUps.map((lookUp) => lookUpEntry(lookUp, numbers)),
    ...observations.map((observation) => observationEntry(observation, numbers)),
    ...lateProofs.map((proof) => lateProofEntry(proof, numbers)),
    ...decisions.map((decision) => decisionEntry(decision, numbers)),
    ...callbacks.flat().map((callback) => callbackEntry(callback, numbers)),
    ...deliveryEntry(message, explain),
  ]
  const lastAt = new Date(
    Math.max(message.createdAt.getTime(), ...happened.map((entry) => entry.at.getTime())),
  )
  return { message, entries: inOrder([...messageEntry(message, lastAt), ...happened, ...also]) }
}

function explain(code: number): string {
  return explainFailure(code).words
}

/** Clocks of several processes wrote these times: what follows from what decides between close ones. */
function inOrder(entries: readonly TimelineEntry[]): TimelineEntry[] {
  const place = (entry: TimelineEntry): number => timelineKinds.indexOf(entry.kind)
  return [...entries].sort((a, b) => a.at.getTime() - b.at.getTime() || place(a) - place(b))
}
