import type { DateTime } from 'luxon'
import type { AccountId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import type { Purpose } from './domain/contact.js'
import { normalPhone } from './domain/phone.js'
import { listConsentEventRows, readConsentEventAt, type ConsentEvent } from './store/consent-rows.js'

export interface ConsentAt {
  granted: boolean
  /** The event that decided, with what the person was shown; null when nothing was on record. */
  event: ConsentEvent | null
}

/**
 * Was there consent for this purpose and number at that moment, and what had the person been shown? Answers from what was
 * on record then, which is what the gate asked: an event that was recorded later does not count, whenever it happened.
 * A number that is none has no consent.
 */
export async function consentAt(
  db: Db,
  accountId: AccountId,
  phone: string,
  purpose: Purpose,
  at: DateTime,
): Promise<ConsentAt> {
  const normal = normalPhone(phone)
  if (normal === null) return { granted: false, event: null }
  const event = await readConsentEventAt(db, accountId, normal, purpose, at.toJSDate())
  return { granted: event?.action === 'grant', event }
}

/** The consent history of a number, newest first. */
export function listConsentEvents(
  db: Db,
  accountId: AccountId,
  phone: string,
  page: { beforeOrd: number | null; limit: number },
): Promise<ConsentEvent[]> {
  return listConsentEventRows(db, accountId, phone, page)
}

export type { ConsentEvent } from './store/consent-rows.js'
