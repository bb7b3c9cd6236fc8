import { newId, type AccountId, type ContactId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import type { AppointmentKind } from './domain/appointment-state.js'
import { isZone } from './domain/local-time.js'
import type { Party } from './store/appointments.js'
import { readPeople } from './store/people.js'
import type { SeriesParty } from './store/series.js'

export interface PartyInput {
  contactId: ContactId
  /** As the person who books knows it; the contact's own unless said, else that of the appointment, as they are when it matters. */
  zone?: string | null
}

export interface PartiesInput {
  clients: readonly PartyInput[]
  /** Left out, nobody is told as the coach. */
  coach?: { contactId?: ContactId | null; zone?: string | null } | null
}

export type PartiesRefusal = {
  ok: false
  reason: 'contact-not-found' | 'zone-unknown' | 'nobody-invited' | 'too-many-clients' | 'invited-twice'
}

/** Members of a group at most: they are told in one transaction. */
export const CLIENTS_MAX = 500

/**
 * Who takes part, checked against the account's contacts. Whoever may not be texted is invited like anybody else: that is
 * for the gate to say when the time has come.
 */
export async function seatParties(
  tx: Tx,
  accountId: AccountId,
  kind: AppointmentKind,
  input: PartiesInput,
): Promise<{ ok: true; parties: SeriesParty[] } | PartiesRefusal> {
  const { clients, coach } = input
  const ids = clients.map(({ contactId }) => contactId)
  if (ids.length === 0) return { ok: false, reason: 'nobody-invited' }
  if (ids.length > (kind === 'individual' ? 1 : CLIENTS_MAX)) return { ok: false, reason: 'too-many-clients' }
  if (new Set(ids).size !== ids.length) return { ok: false, reason: 'invited-twice' }
  const zones = [...clients.map(({ zone }) => zone), coach?.zone]
  if (zones.some((zone) => zone != null && !isZone(zone))) return { ok: false, reason: 'zone-unknown' }
  const coachId = coach?.contactId ?? null
  const people = await readPeople(tx, accountId, coachId === null ? ids : [...ids, coachId])
  if (ids.some((id) => !people.has(id)) || (coachId !== null && !people.has(coachId)))
    return { ok: false, reason: 'contact-not-found' }
  const parties: SeriesParty[] = clients.map(({ contactId, zone }) => ({
    role: 'client',
    contactId,
    zone: zone ?? null,
  }))
  if (coach != null) parties.push({ role: 'coach', contactId: coachId, zone: coach.zone ?? null })
  return { ok: true, parties }
}

/** Each occurrence of a series has rows of its own for the same people. */
export function seated(parties: readonly SeriesParty[]): Party[] {
  return parties.map((party) => ({ ...party, partyId: newId() }))
}
