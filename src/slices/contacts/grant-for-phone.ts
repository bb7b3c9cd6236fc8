import { assert } from '../../kernel/assert.js'
import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { ConsentLevel, ConsentMethod } from './domain/consent.js'
import type { Purpose } from './domain/contact.js'
import { insertConsentEvents } from './store/consent-rows.js'

/** A grant whose words were checked and cleaned already. */
export interface GrantByPhone {
  purposes: readonly Purpose[]
  level: ConsentLevel
  method: ConsentMethod
  source: string | null
  exactText: string | null
  language: string | null
  evidence: Readonly<Record<string, unknown>>
  actor: string | null
  occurredAt: Date
  recordedAt: Date
}

/** Records a grant in the caller's transaction, under the account's lock: one event for each purpose. Returns their ids. */
export async function grantForPhone(
  tx: Tx,
  accountId: AccountId,
  phone: string,
  grant: GrantByPhone,
): Promise<string[]> {
  assert(tx.lockedAccountId === accountId, 'consent changes under the lock of its account')
  const { purposes, recordedAt, ...rest } = grant
  const events = [...new Set(purposes)].map((purpose) => ({
    ...rest,
    phone,
    purpose,
    action: 'grant' as const,
    evidence: { ...rest.evidence },
    importId: null,
  }))
  const eventIds = await insertConsentEvents(tx, accountId, events, recordedAt)
  await appendEvent(tx, {
    accountId,
    topic: 'consent',
    payload: { action: 'grant', method: grant.method, eventIds },
  })
  return eventIds
}
