import { newId, type AccountId, type AttemptId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import { inTransaction, type Tx } from '../../platform/db/transaction.js'
import { holdBeyondBalance, settleLoan } from '../credits/index.js'
import { reopenEvents } from '../webhooks/index.js'
import type { SendableMessage, SentText } from './domain/attribute-sent.js'
import { settleInTransaction, type SettleDeps } from './settle-attempts.js'
import { insertClaim } from './store/claim-rows.js'
import { lockImportable, takenSids } from './store/restore-rows.js'

export type ImportDeps = SettleDeps & { db: Db }

export interface SentMessage {
  text: SentText
  message: SendableMessage
}

export interface ImportResult {
  imported: number
  credits: number
  /** Changed meanwhile, or its number has another open attempt: to be looked at again. */
  left: number
}

const ACTOR = 'messages:restore'

/**
 * Writes down texts of one campaign (or of an account's single texts) that had left before the database was restored:
 * an open attempt is settled as accepted; a waiting message gets its claim, its attempt and its charge now, as if the lost
 * rows had come back. Nothing of the gate is asked: it was passed in the lost database. Credits that are no longer there
 * become debt. Reports for these texts that arrived meanwhile are applied anew. Each text is imported once at most,
 * however often this runs.
 */
export async function importSent(
  deps: ImportDeps,
  accountId: AccountId,
  sender: { id: number },
  sent: readonly SentMessage[],
): Promise<ImportResult> {
  return inTransaction(deps.db, { name: 'messages.importSent', accountId }, async (tx) => {
    const sids = sent.map(({ text }) => text.sid)
    const taken = await takenSids(tx, sids)
    const fresh = sent.filter(({ text }) => !taken.has(text.sid))
    const open = fresh.filter(({ message }) => message.attemptId !== null)
    const settledOpen = await settle(tx, deps, accountId, open)
    const waiting = fresh.filter(({ message }) => message.attemptId === null)
    const written = await writeLost(tx, deps, accountId, sender, waiting)
    await reopenEvents(tx, {
      provider: 'twilio.status',
      outcome: 'unknown-attempt',
      key: 'MessageSid',
      values: sids,
    })
    return {
      imported: settledOpen + written.length,
      credits: [...open, ...written].reduce((sum, { message }) => sum + message.cost, 0),
      left: fresh.length - settledOpen - written.length,
    }
  })
}

async function settle(
  tx: Tx,
  deps: ImportDeps,
  accountId: AccountId,
  sent: readonly SentMessage[],
): Promise<number> {
  if (sent.length === 0) return 0
  const reports = sent.map(({ text, message }) => ({
    attemptId: message.attemptId ?? '',
    outcome: { kind: 'accepted' as const, sid: text.sid },
  }))
  return (await settleInTransaction(tx, deps, accountId, reports, 'restore')).settled
}

async function writeLost(
  tx: Tx,
  deps: ImportDeps,
  accountId: AccountId,
  sender: { id: number },
  sent: readonly SentMessage[],
): Promise<SentMessage[]> {
  const rows = await lockImportable(
    tx,
    accountId,
    sent.map(({ message }) => message.messageId),
    sender.id,
  )
  const phones = new Set<string>()
  const chosen = sent.flatMap(({ text, message }) => {
    const row = rows.get(message.messageId)
    if (row === undefined || row.phone_busy || phones.has(message.phone)) return []
    phones.add(message.phone)
    const attemptId = newId<AttemptId>()
    return [{ text, message: { ...message, attemptId }, consentEventId: row.consent_event_id }]
  })
  const [first] = chosen
  if (first === undefined) return []
  const now = deps.clock.now().toJSDate()
  const loan = await holdBeyondBalance(
    tx,
    accountId,
    chosen.map(({ message }) => ({ attemptId: message.attemptId, cost: message.cost })),
    { now, actor: ACTOR, key: first.text.sid, reason: 'sent before the database was restored' },
  )
  const times = chosen.map(({ text }) => text.sentAt.getTime())
  await insertClaim(tx, {
    accountId,
    campaignId: first.message.campaignId,
    senderId: sender.id,
    worker: 'restore',
    unknownPolicy: 'P0',
    claimedAt: new Date(Math.min(...times)),
    notAfter: new Date(Math.max(...times) + 1_000),
    gate: { restored: true },
    window: null,
    attempts: chosen.map(({ message, consentEventId }) => ({
      attemptId: message.attemptId,
      messageId: message.messageId,
      consentEventId,
    })),
  })
  await settle(tx, deps, accountId, chosen)
  await settleLoan(tx, accountId, loan)
  return chosen
}
