import type { DateTime } from 'luxon'
import type { AccountId } from '../../kernel/ids.js'
import { inTransaction, type Tx } from '../../platform/db/transaction.js'
import type { ContactWriteDeps } from './create-contact.js'
import type { ConsentLevel, ConsentMethod } from './domain/consent.js'
import type { Purpose } from './domain/contact.js'
import { normalPhone } from './domain/phone.js'
import { cleanLine, cleanText } from './domain/text.js'
import { grantForPhone, type GrantByPhone } from './grant-for-phone.js'

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

/** A double opt-in: the person is asked by text, and only what they answer makes it a grant. */
export interface OptInRequested {
  requestId: string
  expiresAt: Date
}

/** Null: this account does not ask again. Otherwise the agreement waits, and nothing is granted now. */
export type RequestOptIn = (
  tx: Tx,
  accountId: AccountId,
  phone: string,
  agreed: GrantByPhone,
) => Promise<{ ok: true; requested: OptInRequested } | { ok: false; reason: OptInRefusal } | null>

export type OptInRefusal = 'opted-out' | 'cannot-be-texted'

/**
 * What else grants do, in their own transaction: reminders are planned again, for example. Called once for all numbers of the
 * transaction, be it one or a chunk of an import. Safe to repeat.
 */
export type OnGranted = (tx: Tx, accountId: AccountId, phones: readonly string[], now: Date) => Promise<void>

export interface GrantDeps extends ContactWriteDeps {
  onGranted?: OnGranted
  /** Before the transaction is opened: what the request needs to know, such as prices. */
  prepareOptIn?: (now: Date) => Promise<RequestOptIn>
}

export type GrantConsentResult =
  | { ok: true; eventIds: string[]; requested: OptInRequested | null }
  | { ok: false; reason: 'phone-unreadable' | 'no-purpose' | 'in-the-future' | 'text-missing' | OptInRefusal }

export const EXACT_TEXT_MAX = 2_000
const SOURCE_MAX = 200
/** What a program or a form says in the person's name; what a person does in front of somebody needs no second word. */
const askedAgain: ReadonlySet<ConsentMethod> = new Set(['web_form', 'api'])

/**
 * Records that a person agreed to texts, one event for each purpose. It stands from the commit on and outweighs earlier
 * revocations. Where the account wants a double opt-in, marketing by form or API is only requested: it is granted when the
 * person says so by text. Refuses a number that is none, a grant of nothing, an agreement in the future, and written
 * consent without the words that the person was shown: those words are what makes it written.
 */
export async function grantConsent(
  deps: GrantDeps,
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
  const agreed: GrantByPhone = {
    purposes: grant.purposes,
    level: grant.level,
    method: grant.method,
    source: cleanLine(grant.source ?? '', SOURCE_MAX) || null,
    exactText,
    language: cleanLine(grant.language ?? '', 35) || null,
    actor: grant.actor,
    evidence: { ...grant.evidence },
    occurredAt: (grant.occurredAt ?? now).toJSDate(),
    recordedAt: now.toJSDate(),
  }
  const write = async (tx: Tx, given: GrantByPhone): Promise<string[]> => {
    const eventIds = await grantForPhone(tx, accountId, phone, given)
    await deps.onGranted?.(tx, accountId, [phone], given.recordedAt)
    return eventIds
  }
  const asks = grant.purposes.includes('marketing') && askedAgain.has(grant.method)
  const requestOptIn = asks ? ((await deps.prepareOptIn?.(now.toJSDate())) ?? null) : null
  return inTransaction(
    deps.db,
    { name: 'contacts.grantConsent', accountId },
    async (tx): Promise<GrantConsentResult> => {
      const marketing: GrantByPhone = { ...agreed, purposes: ['marketing'] }
      const answer = requestOptIn === null ? null : await requestOptIn(tx, accountId, phone, marketing)
      if (answer === null) return { ok: true, eventIds: await write(tx, agreed), requested: null }
      if (!answer.ok) return answer
      const atOnce = grant.purposes.filter((purpose) => purpose !== 'marketing')
      const eventIds = atOnce.length === 0 ? [] : await write(tx, { ...agreed, purposes: atOnce })
      return { ok: true, eventIds, requested: answer.requested }
    },
  )
}
