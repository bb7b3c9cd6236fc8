import type { Tx } from '../../platform/db/transaction.js'
import type { BookingDeps } from './appointment-deps.js'
import { planKey } from './domain/plan-notifications.js'
import type { StillOpen } from './plan-for.js'
import { seated, seatParties, type PartyInput, type PartiesRefusal } from './seat-parties.js'
import type { Appointment, Party } from './store/appointments.js'
import { partiesTold } from './store/notifications.js'
import { readAttendees, type Attendee } from './store/people.js'

export interface Seats {
  joined: Party[]
  left: Attendee[]
}

/** Who comes and who goes when a group is to be these people. */
export async function changeSeats(
  tx: Tx,
  before: Appointment,
  clients: readonly PartyInput[] | null,
): Promise<({ ok: true } & Seats) | PartiesRefusal | { ok: false; reason: 'not-a-group' }> {
  if (clients === null) return { ok: true, joined: [], left: [] }
  if (before.kind !== 'cohort') return { ok: false, reason: 'not-a-group' }
  const wanted = await seatParties(tx, before.accountId, 'cohort', { clients })
  if (!wanted.ok) return wanted
  const attendees = await readAttendees(tx, before.accountId, [before.id])
  const present = attendees.filter(({ role, isRemoved }) => role === 'client' && !isRemoved)
  const ids = new Set(wanted.parties.map(({ contactId }) => contactId))
  const known = new Set(present.map(({ contactId }) => contactId))
  return {
    ok: true,
    joined: seated(wanted.parties.filter(({ contactId }) => !known.has(contactId))),
    left: present.filter(({ contactId }) => !ids.has(contactId)),
  }
}

/** Of those who leave, whoever was to be told something at once and has not been told anything yet. */
export async function unawareOf(
  tx: Tx,
  { contexts }: Pick<BookingDeps, 'contexts'>,
  { id }: Appointment,
  { left, stillOpen }: { left: ReadonlySet<string>; stillOpen: StillOpen },
): Promise<Set<string>> {
  const told = await partiesTold(tx, id)
  const awaits = (partyId: string): boolean =>
    Object.keys(contexts).some((context) => stillOpen.has(planKey({ partyId, context, offsetMinutes: 0 })))
  return new Set([...left].filter((partyId) => !told.has(partyId) && awaits(partyId)))
}
