import type { DateTime } from 'luxon'
import type { AccountId } from '../../kernel/ids.js'
import { inTransaction, type Tx } from '../../platform/db/transaction.js'
import type { ContactWriteDeps } from './create-contact.js'
import type { ConsentMethod } from './domain/consent.js'
import { purposes as allPurposes, type Purpose } from './domain/contact.js'
import { normalPhone } from './domain/phone.js'
import { revokeForPhone } from './revoke-for-phone.js'

export interface ConsentRevocation {
  phone: string
  /** All of them, unless said. */
  purposes?: readonly Purpose[] | undefined
  method: ConsentMethod
  source?: string | null | undefined
  evidence?: Readonly<Record<string, unknown>> | undefined
  occurredAt?: DateTime | null | undefined
  actor: string
}

/** One number and one purpose that it no longer agrees to. */
export interface RevokedConsent {
  phone: string
  purpose: Purpose
}

/**
 * What else revocations do, in their own transaction: texts that wait are suppressed, for example. Once for all that one
 * transaction revokes, an import's chunk as a single word. Safe to repeat.
 */
export type OnRevoked = (
  tx: Tx,
  accountId: AccountId,
  revoked: readonly RevokedConsent[],
  at: Date,
) => Promise<void>

export interface RevokeDeps extends ContactWriteDeps {
  onRevoked?: OnRevoked
}

export type RevokeConsentResult =
  | { ok: true; eventIds: string[] }
  | { ok: false; reason: 'phone-unreadable' | 'no-purpose' | 'in-the-future' }

/**
 * Records that a person no longer agrees. After the commit no message is authorised on the strength of the old consent:
 * the event raises the account's gate epoch, which waits for claims that are running and makes later ones read again.
 * Texts that wait are suppressed in the same transaction. Purposes that are revoked already get no second event. Refuses a number that is none, no purpose, and the future.
 */
export async function revokeConsent(
  deps: RevokeDeps,
  accountId: AccountId,
  revocation: ConsentRevocation,
): Promise<RevokeConsentResult> {
  const phone = normalPhone(revocation.phone)
  const now = deps.clock.now()
  const purposes = revocation.purposes ?? allPurposes
  if (phone === null) return { ok: false, reason: 'phone-unreadable' }
  if (purposes.length === 0) return { ok: false, reason: 'no-purpose' }
  if (revocation.occurredAt != null && revocation.occurredAt > now)
    return { ok: false, reason: 'in-the-future' }
  return inTransaction(
    deps.db,
    { name: 'contacts.revokeConsent', accountId },
    async (tx): Promise<RevokeConsentResult> => {
      const eventIds = await revokeForPhone(tx, accountId, phone, purposes, {
        method: revocation.method,
        source: revocation.source ?? null,
        actor: revocation.actor,
        evidence: revocation.evidence ?? {},
        occurredAt: (revocation.occurredAt ?? now).toJSDate(),
        recordedAt: now.toJSDate(),
      })
      const revoked = purposes.map((purpose) => ({ phone, purpose }))
      await deps.onRevoked?.(tx, accountId, revoked, now.toJSDate())
      return { ok: true, eventIds }
    },
  )
}
