import { newId, type AccountId, type AttemptId, type CampaignId } from '../../kernel/ids.js'
import type { Clock } from '../../kernel/clock.js'
import { assert } from '../../kernel/assert.js'
import type { Db } from '../../platform/db/data-source.js'
import { inTransaction, type Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { holdCredits } from '../credits/index.js'
import { decideControl, decideGate, PHONE_BUSY_DELAY_MS, type LaneBlock } from './domain/gate.js'
import { CLAIM_MAX } from './domain/limits.js'
import type { Lane } from './lane.js'
import {
  insertClaim,
  lockControl,
  readCandidates,
  writeRefusals,
  type CandidateRow,
  type ControlRow,
  type Refusal,
} from './store/claim-rows.js'

export interface ClaimDeps {
  db: Db
  clock: Clock
}

export interface ClaimInput {
  lane: Lane
  sender: { id: number; address: string }
  worker: string
  /** Messages at most. No more than will be posted within about a second, so that whoever forbids sending waits for little. */
  limit: number
  /** When the credential minted for these calls dies. It is minted before this transaction, never inside it. */
  notAfter: Date
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
  expiresAt: Date | null
}

export interface ClaimResult {
  claimed: ClaimedMessage[]
  /** Messages that the gate sent elsewhere: suppressed, expired or deferred. */
  refused: number
  /** Why the lane cannot go on, when it cannot. */
  block: LaneBlock | null
}

/**
 * The gate. In one serializable transaction under the account's lock: is sending allowed (platform, account,
 * subscription, campaign), which are the next messages, may each be sent (consent, usefulness, number free), do the
 * credits last; then hold, attempt and `dispatching` together. After the commit, and only then, the texts may be posted.
 *
 * Nothing earlier is believed: every fact is read here. Whoever forbids something (pause, stop, revocation) commits
 * before this transaction and is seen, or after it and waits for it.
 */
export async function claimMessages(deps: ClaimDeps, input: ClaimInput): Promise<ClaimResult> {
  assert(input.limit >= 1, 'a claim asks for at least one message')
  assert(input.limit <= CLAIM_MAX, 'a claim is bounded')
  return inTransaction(deps.db, { name: 'messages.claim', accountId: input.lane.accountId }, (tx) =>
    claim(tx, deps, input),
  )
}

async function claim(tx: Tx, deps: ClaimDeps, input: ClaimInput): Promise<ClaimResult> {
  const { lane } = input
  const now = deps.clock.now().toJSDate()
  // The process was stopped for longer than its credential lives: nothing could be sent with it any more.
  if (input.notAfter <= now) return { claimed: [], refused: 0, block: null }
  const control = await lockControl(tx, lane.accountId)
  const gate = await lane.gate(tx)
  const block = decideControl(control) ?? (gate.mayRun ? null : (gate.block ?? 'campaign-not-running'))
  if (block !== null) return { claimed: [], refused: 0, block }

  const candidates = await readCandidates(tx, {
    accountId: lane.accountId,
    campaignId: lane.campaignId,
    senderId: input.sender.id,
    now,
    limit: input.limit,
  })
  const { passed, refusals } = sortByVerdict(candidates, control.allowedCountries, now)
  if (refusals.length > 0) await refuse(tx, lane, refusals)
  if (passed.length === 0) return { claimed: [], refused: refusals.length, block: null }

  const { held } = await holdCredits(
    tx,
    lane.accountId,
    passed.map(({ row, attemptId }) => ({ attemptId, cost: row.cost })),
    {
      // Appointment texts may use what campaigns must leave.
      reserveCredits: lane.campaignId === null ? 0 : control.reserveCredits,
      capCredits: gate.capCreditsLeft,
      now,
      actor: `worker:${input.worker}`,
    },
  )
  const chosen = passed.slice(0, held)
  if (chosen.length > 0) await writeIntent(tx, input, control, chosen, now)
  return {
    claimed: chosen.map(({ row, attemptId }) => toClaimed(row, attemptId, lane)),
    refused: refusals.length,
    block: held === passed.length ? null : exhaustedBy(gate.capCreditsLeft, passed, held),
  }
}

interface Passed {
  row: CandidateRow
  attemptId: AttemptId
  consentEventId: string
}

function sortByVerdict(
  candidates: readonly CandidateRow[],
  allowedCountries: readonly string[],
  now: Date,
): { passed: Passed[]; refusals: Refusal[] } {
  const passed: Passed[] = []
  const refusals: Refusal[] = []
  const phones = new Set<string>()
  for (const row of candidates) {
    const verdict = decideGate({
      consent:
        row.consent_granted === null || row.consent_event_id === null
          ? null
          : { granted: row.consent_granted, eventId: row.consent_event_id },
      countryAllowed: allowedCountries.includes(row.country),
      phoneBusy: row.phone_busy || phones.has(row.phone),
      expiresAt: row.expires_at,
      now,
    })
    if (verdict.pass) {
      phones.add(row.phone)
      passed.push({ row, attemptId: newId<AttemptId>(), consentEventId: verdict.consentEventId })
    } else {
      const deferred = verdict.state === 'deferred'
      refusals.push({
        messageId: row.id,
        state: deferred ? 'pending' : verdict.state,
        reason: verdict.reason,
        notBefore: deferred ? new Date(now.getTime() + PHONE_BUSY_DELAY_MS) : null,
      })
    }
  }
  return { passed, refusals }
}

async function refuse(tx: Tx, lane: Lane, refusals: readonly Refusal[]): Promise<void> {
  await writeRefusals(tx, lane.accountId, refusals)
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

async function writeIntent(
  tx: Tx,
  input: ClaimInput,
  control: ControlRow,
  chosen: readonly Passed[],
  now: Date,
): Promise<void> {
  const { lane } = input
  await insertClaim(tx, {
    accountId: lane.accountId,
    campaignId: lane.campaignId,
    senderId: input.sender.id,
    worker: input.worker,
    // Without a proved fence nothing may ever be resent, whatever the account chose.
    unknownPolicy: input.fenced && control.fenceProved ? control.unknownPolicy : 'P0',
    claimedAt: now,
    notAfter: input.notAfter,
    gate: {
      allowedCountries: control.allowedCountries,
      subscription: control.subscriptionState,
      reserveCredits: control.reserveCredits,
      fenced: input.fenced,
    },
    attempts: chosen.map((passed) => ({
      attemptId: passed.attemptId,
      messageId: passed.row.id,
      consentEventId: passed.consentEventId,
    })),
  })
  await appendEvent(tx, {
    accountId: lane.accountId,
    topic: 'messages',
    campaignId: lane.campaignId,
    messageIds: chosen.map((passed) => passed.row.id),
    payload: { kind: 'dispatching' },
  })
}

function toClaimed(row: CandidateRow, attemptId: AttemptId, lane: Lane): ClaimedMessage {
  return {
    attemptId,
    messageId: row.id,
    accountId: lane.accountId,
    campaignId: lane.campaignId,
    phone: row.phone,
    body: row.body,
    expiresAt: row.expires_at,
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
