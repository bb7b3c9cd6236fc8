import { assert } from '../../kernel/assert.js'
import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { insertConsentEvents, readWithdrawnByPhone } from './store/consent-rows.js'

export interface RestorationByPhone {
  source: string | null
  evidence?: Readonly<Record<string, unknown>>
  occurredAt: Date
  recordedAt?: Date
}

/**
 * START after STOP, in the caller's transaction, which must hold the account's lock: grants again what was granted when
 * the person texted STOP, at the level it had, and nothing more. A number that had agreed to nothing gains nothing.
 * Returns the ids of the new events.
 */
export async function restoreForPhone(
  tx: Tx,
  accountId: AccountId,
  phone: string,
  restoration: RestorationByPhone,
): Promise<string[]> {
  assert(tx.lockedAccountId === accountId, 'consent changes under the lock of its account')
  const withdrawn = await readWithdrawnByPhone(tx, accountId, phone)
  if (withdrawn.length === 0) return []
  const events = withdrawn.map((grant) => ({
    phone,
    purpose: grant.purpose,
    action: 'grant' as const,
    level: grant.level,
    method: 'inbound_sms' as const,
    source: restoration.source,
    exactText: grant.exactText,
    language: grant.language,
    actor: null,
    evidence: { ...restoration.evidence, restores: grant.id },
    importId: null,
    occurredAt: restoration.occurredAt,
  }))
  const eventIds = await insertConsentEvents(
    tx,
    accountId,
    events,
    restoration.recordedAt ?? restoration.occurredAt,
  )
  await appendEvent(tx, {
    accountId,
    topic: 'consent',
    payload: { action: 'grant', method: 'inbound_sms', eventIds },
  })
  return eventIds
}
