import type { AppointmentId } from '../../kernel/ids.js'
import { actorText } from '../../platform/access/viewer.js'
import { inTransaction, type Tx } from '../../platform/db/transaction.js'
import { onceOnly, type KeyReused } from '../../platform/idempotency/once-only.js'
import type { BookingDeps, Caller } from './appointment-deps.js'
import { changeSeats, unawareOf, type Seats } from './change-seats.js'
import { checkDetails, type DetailsInput, type DetailsRefusal } from './check-details.js'
import { planFor, voidOpen, type StillOpen } from './plan-for.js'
import { revise } from './revise.js'
import type { PartyInput, PartiesRefusal } from './seat-parties.js'
import { insertParties, removeParties, type Appointment } from './store/appointments.js'
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
 * Who leaves before the first word to them was out never hears of it.
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
      const seats = await changeSeats(tx, before, input.clients ?? null)
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

async function planChanged(
  tx: Tx,
  deps: BookingDeps,
  change: { before: Appointment; changed: Appointment; seats: Seats; stillOpen: StillOpen; now: Date },
): Promise<void> {
  const { before, changed, seats, stillOpen, now } = change
  const joined = new Set(seats.joined.map(({ partyId }) => partyId))
  const left = new Set(seats.left.map(({ partyId }) => partyId))
  const unaware = left.size === 0 ? left : await unawareOf(tx, deps, changed, { left, stillOpen })
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
    departed: new Set([...left].filter((partyId) => !unaware.has(partyId))),
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

/** What changed, by name, with what it was: for the history. */
function differences(before: Appointment, after: Partial<Appointment>): Record<string, unknown> {
  const names = ['durationMinutes', 'zone', 'title', 'location', 'offsets'] as const
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  return Object.fromEntries(changed.map((name) => [name, before[name]]))
}
