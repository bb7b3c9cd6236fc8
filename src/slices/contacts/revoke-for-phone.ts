import { assert } from '../../kernel/assert.js'
import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { ConsentMethod } from './domain/consent.js'
import { purposes as allPurposes, type Purpose } from './domain/contact.js'
import { cleanLine } from './domain/text.js'
import { insertConsentEvents, readConsentStates } from './store/consent-rows.js'

export interface RevocationByPhone {
  method: ConsentMethod
  source: string | null
  actor?: string | null
  evidence?: Readonly<Record<string, unknown>>
  occurredAt: Date
  /** When we learned of it; `occurredAt` unless said. */
  recordedAt?: Date
}

const SOURCE_MAX = 200

/**
 * Revokes all purposes for a number in the caller's transaction, which must hold the account's lock: for STOP replies and
 * for the carrier's 21610. Works for numbers that are no contact, and leaves purposes alone that are revoked already.
 * The database raises the account's gate epoch with the event. Returns the ids of the new events.
 */
export async function revokeAllForPhone(
  tx: Tx,
  accountId: AccountId,
  phone: string,
  revocation: RevocationByPhone,
): Promise<string[]> {
  return revokeForPhone(tx, accountId, phone, allPurposes, revocation)
}

export async function revokeForPhone(
  tx: Tx,
  accountId: AccountId,
  phone: string,
  purposes: readonly Purpose[],
  revocation: RevocationByPhone,
): Promise<string[]> {
  assert(tx.lockedAccountId === accountId, 'consent changes under the lock of its account')
  const revoked = new Set<Purpose>()
  for (const state of await readConsentStates(tx, accountId, [phone]))
    if (!state.granted && !state.undoesImport) revoked.add(state.purpose)
  const events = [...new Set(purposes)]
    .filter((purpose) => !revoked.has(purpose))
    .map((purpose) => ({
      phone,
      purpose,
      action: 'revoke' as const,
      level: null,
      method: revocation.method,
      source: cleanLine(revocation.source ?? '', SOURCE_MAX) || null,
      exactText: null,
      language: null,
      actor: revocation.actor ?? null,
      evidence: { ...revocation.evidence },
      importId: null,
      occurredAt: revocation.occurredAt,
    }))
  if (events.length === 0) return []
  const eventIds = await insertConsentEvents(
    tx,
    accountId,
    events,
    revocation.recordedAt ?? revocation.occurredAt,
  )
  await appendEvent(tx, {
    accountId,
    topic: 'consent',
    payload: { action: 'revoke', method: revocation.method, eventIds },
  })
  return eventIds
}
