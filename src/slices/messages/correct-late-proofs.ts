import { assert } from '../../kernel/assert.js'
import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvents, type NewEvent } from '../../platform/realtime/event-log.js'
import { chargeLate, type LateCharged } from '../credits/index.js'
import type { Evidence } from './domain/attempt-state.js'
import type { ClosedUnproved } from './domain/settlement.js'
import { writeLateProofs, type LateProofRow } from './store/late-proof-rows.js'
import { takeBackMessages } from './take-back-messages.js'

export interface LateProof {
  attemptId: string
  messageId: string
  campaignId: string | null
  sid: string
  /** What the attempt was before this proof; accepted ones had been given back because the carrier had called them failed. */
  closedAs: ClosedUnproved | 'accepted'
}

/**
 * What is due when the carrier is proved to have a text whose attempt was closed without proof: the proof is recorded once,
 * what had been given back is charged again by new entries (`chargeLate`), the message is taken back, and the account's events
 * tell it. Taken back also while another call of it is under way: one more after that would be a duplicate that we know of.
 * The attempt itself does not change here. Any number of proofs, in any order, corrects once. Returns the attempts for which it
 * was news.
 */
export async function correctLateProofs(
  tx: Tx,
  accountId: AccountId,
  proofs: readonly LateProof[],
  evidence: Evidence,
): Promise<ReadonlySet<string>> {
  assert(tx.lockedAccountId === accountId, 'late proofs are corrected under the lock of their account')
  if (proofs.length === 0) return new Set()
  const first = [...new Map([...proofs].reverse().map((proof) => [proof.attemptId, proof])).values()]
  const charged = await chargeLate(
    tx,
    accountId,
    first.map((proof) => proof.attemptId),
    `messages:${evidence}`,
    'the carrier has the text after all',
  )
  const byAttempt = new Map(charged.map((one) => [one.attemptId, one]))
  const rows = first
    .map((proof): LateProofRow => {
      const { credits, owed } = byAttempt.get(proof.attemptId) ?? { credits: 0, owed: 0 }
      return { ...proof, credits, owed }
    })
    .filter(({ closedAs, credits }) => closedAs !== 'accepted' || credits > 0)
  const news = await writeLateProofs(tx, accountId, rows, evidence)
  await takeBackMessages(tx, accountId, { ids: messageIdsOf(first) }, 'already_sent')
  const told = rows.filter((row) => news.has(row.attemptId))
  await appendEvents(tx, accountId, [
    ...told.map((row) => toEvent(accountId, row)),
    ...creditEvents(accountId, charged),
  ])
  return news
}

function messageIdsOf(proofs: readonly LateProof[]): string[] {
  return [...new Set(proofs.map((proof) => proof.messageId))]
}

function toEvent(accountId: AccountId, row: LateProofRow): NewEvent {
  const { closedAs, credits, owed } = row
  return {
    accountId,
    topic: 'messages',
    campaignId: row.campaignId,
    messageIds: [row.messageId],
    payload: { kind: 'late_charge', report: 'correction', closedAs, credits, owed },
  }
}

function creditEvents(accountId: AccountId, charged: readonly LateCharged[]): NewEvent[] {
  if (charged.length === 0) return []
  const sum = (of: 'credits' | 'owed'): number => charged.reduce((total, one) => total + one[of], 0)
  return [
    {
      accountId,
      topic: 'credits',
      payload: { kind: 'late_charge', credits: sum('credits'), owed: sum('owed') },
    },
  ]
}
