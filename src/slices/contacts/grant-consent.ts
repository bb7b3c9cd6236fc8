import type { DateTime } from 'luxon'
import type { AccountId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { ContactWriteDeps } from './create-contact.js'
import type { ConsentLevel, ConsentMethod } from './domain/consent.js'
import type { Purpose } from './domain/contact.js'
import { normalPhone } from './domain/phone.js'
import { cleanLine, cleanText } from './domain/text.js'
import { insertConsentEvents } from './store/consent-rows.js'

export interface ConsentGrant {
  phone: string
  purposes: readonly Purpose[]
  level: ConsentLevel
  method: ConsentMethod
  source?: string | null | undefined
  /** What the person was shown, word for word. */
  exactText?: string | null | undefined
  language?: string | null | undefined
  evidence?: Readonly<Record<string, unknown>> | undefined
  /** When the person agreed; now, unless said. */
  occurredAt?: DateTime | null | undefined
  actor: string
}

export type GrantConsentResult =
  | { ok: true; eventIds: string[] }
  | { ok: false; reason: 'phone-unreadable' | 'no-purpose' | 'in-the-future' | 'text-missing' }

export const EXACT_TEXT_MAX = 2_000
const SOURCE_MAX = 200

/**
 * Records that a person agreed to texts, one event for each purpose. It stands from the commit on and outweighs earlier
 * revocations. Refuses a number that is none, a grant of nothing, an agreement in the future, and written consent without
 * the words that the person was shown: those words are what makes it written.
 */
export async function grantConsent(
  deps: ContactWriteDeps,
  accountId: AccountId,
  grant: ConsentGrant,
): Promise<GrantConsentResult> {
  const phone = normalPhone(grant.phone)
  const now = deps.clock.now()
  const exactText = cleanText(grant.exactText ?? '', EXACT_TEXT_MAX) || null
  if (phone === null) return { ok: false, reason: 'phone-unreadable' }
  if (grant.purposes.length === 0) return { ok: false, reason: 'no-purpose' }
  if (grant.occurredAt != null && grant.occurredAt > now) return { ok: false, reason: 'in-the-future' }
  if (grant.level === 'written' && exactText === null) return { ok: false, reason: 'text-missing' }
  const events = [...new Set(grant.purposes)].map((purpose) => ({
    phone,
    purpose,
    action: 'grant' as const,
    level: grant.level,
    method: grant.method,
    source: cleanLine(grant.source ?? '', SOURCE_MAX) || null,
    exactText,
    language: cleanLine(grant.language ?? '', 35) || null,
    actor: grant.actor,
    evidence: { ...grant.evidence },
    importId: null,
    occurredAt: (grant.occurredAt ?? now).toJSDate(),
  }))
  return inTransaction(
    deps.db,
    { name: 'contacts.grantConsent', accountId },
    async (tx): Promise<GrantConsentResult> => {
      const eventIds = await insertConsentEvents(tx, accountId, events, now.toJSDate())
      await appendEvent(tx, { accountId, topic: 'consent', payload: { action: 'grant', eventIds } })
      return { ok: true, eventIds }
    },
  )
}
