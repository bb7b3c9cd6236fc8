import type { AppointmentId } from '../../kernel/ids.js'
import { actorText } from '../../platform/access/viewer.js'
import { inTransaction, type Tx } from '../../platform/db/transaction.js'
import { onceOnly, type KeyReused } from '../../platform/idempotency/once-only.js'
import type { BookingDeps, Caller } from './appointment-deps.js'
import { checkDetails, type DetailsInput, type DetailsRefusal } from './check-details.js'
import { planFor, voidOpen } from './plan-for.js'
import { revise } from './revise.js'
import { seated, seatParties, type PartyInput, type PartiesRefusal } from './seat-parties.js'
import { insertParties, removeParties, type Appointment, type Party } from './store/appointments.js'
import { readAttendees, type Attendee } from './store/people.js'
import { isRemindedOf, lockForChange } from './follow-series.js'

export interface UpdateInput extends Partial<DetailsInput> {
  appointmentId: AppointmentId
  /** All members of a group, as it is to be; left out, they stay. */
  clients?: readonly PartyInput[] | null
  revision?: number | null
  idempotencyKey?: string | null
}

export type UpdateResult =
  | { ok: true; appointmentId: AppointmentId }
  | { ok: false; reason: 'not-found' | 'not-scheduled' | 'has-begun' | 'changed-meanwhile' | 'not-a-group' }
  | DetailsRefusal
  | PartiesRefusal
  | KeyReused

/**
 * Changes everything but the time: what it is called, where, how long, when it is reminded of, who is in the group. What was
 * still to be said is said with the new words; members that join or leave are told so, and a group is told of a new place.
 */
export async function updateAppointment(
  deps: BookingDeps,
  caller: Caller,
  input: UpdateInput,
): Promise<UpdateResult> {
  const { accountId } = caller
  const { idempotencyKey = null, ...content } = input
  const now = deps.clock.now().toJSDate()
  return inTransaction(deps.db, { name: 'appointments.update', accountId }, (tx) => {
    const once = { accountId, key: idempotencyKey, operation: 'appointments.update', input: content }
    return onceOnly<UpdateResult>(tx, once, async () => {
      const before = await lockForChange(tx, deps, { accountId, appointmentId: input.appointmentId }, now)
      if (before === null) return { ok: false, reason: 'not-found' }
      if (input.revision != null && input.revision !== before.revision)
        return { ok: false, reason: 'changed-meanwhile' }
      if (before.state !== 'scheduled') return { ok: false, reason: 'not-scheduled' }
      if (before.startsAt <= now) return { ok: false, reason: 'has-begun' }
      const checked = checkDetails(merged(before, input))
      if (!checked.ok) return checked
      const seats = await changeSeats(tx, before, input)
      if (!seats.ok) return seats
      const stillOpen = await voidOpen(tx, before, 'changed')
      const changed = await revise(tx, before, {
        to: checked.details,
        kind: 'changed',
        details: {
          ...differences(before, checked.details),
          joined: seats.joined.length,
          left: seats.left.length,
        },
        actor: actorText(caller.actor),
        now,
      })
      await insertParties(tx, changed, seats.joined)
      await removeParties(
        tx,
        seats.left.map(({ partyId }) => partyId),
        now,
      )
      await planChanged(tx, deps, { before, changed, seats, stillOpen, now })
      return { ok: true, appointmentId: changed.id }
    })
  })
}

interface Seats {
  joined: Party[]
  left: Attendee[]
}

async function planChanged(
  tx: Tx,
  deps: BookingDeps,
  change: { before: Appointment; changed: Appointment; seats: Seats; stillOpen: Set<string>; now: Date },
): Promise<void> {
  const { before, changed, seats, stillOpen, now } = change
  const joined = new Set(seats.joined.map(({ partyId }) => partyId))
  const left = new Set(seats.left.map(({ partyId }) => partyId))
  const isNews = before.title !== changed.title || before.location !== changed.location
  await planFor(tx, deps, changed, {
    occasionsFor: ({ partyId }) => {
      if (joined.has(partyId)) return ['booked']
      if (left.has(partyId)) return ['called_off']
      return isNews ? ['changed'] : []
    },
    isReminded: await isRemindedOf(tx, changed, now),
    now,
    stillOpen,
    departed: left,
  })
}

function merged(before: Appointment, input: UpdateInput): DetailsInput {
  const { durationMinutes, zone, title, location, offsets } = input
  return {
    durationMinutes: durationMinutes ?? before.durationMinutes,
    zone: zone ?? before.zone,
    title: title === undefined ? before.title : title,
    location: location === undefined ? before.location : location,
    offsets: offsets === undefined ? before.offsets : offsets,
  }
}

/** Who comes and who goes when a group is to be these people. */
async function changeSeats(
  tx: Tx,
  before: Appointment,
  input: UpdateInput,
): Promise<({ ok: true } & Seats) | PartiesRefusal | { ok: false; reason: 'not-a-group' }> {
  if (input.clients == null) return { ok: true, joined: [], left: [] }
  if (before.kind !== 'cohort') return { ok: false, reason: 'not-a-group' }
  const { clients } = input
  const wanted = await seatParties(tx, before.accountId, 'cohort', { clients, zone: before.zone })
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

/** What changed, by name, with what it was: for the history. */
function differences(before: Appointment, after: Partial<Appointment>): Record<string, unknown> {
  const names = ['durationMinutes', 'zone', 'title', 'location', 'offsets'] as const
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  return Object.fromEntries(changed.map((name) => [name, before[name]]))
}
