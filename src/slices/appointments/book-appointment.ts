import { newId, type AppointmentId } from '../../kernel/ids.js'
import { actorText } from '../../platform/access/viewer.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { onceOnly, type KeyReused } from '../../platform/idempotency/once-only.js'
import { recordAndAnnounce } from './announce.js'
import type { BookingDeps, Caller } from './appointment-deps.js'
import {
  checkDetails,
  checkTime,
  type DetailsInput,
  type DetailsRefusal,
  type TimeRefusal,
} from './check-details.js'
import { planFor } from './plan-for.js'
import { seated, seatParties, type PartiesInput, type PartiesRefusal } from './seat-parties.js'
import { insertAppointment, insertParties, type Appointment } from './store/appointments.js'

export interface BookInput extends DetailsInput, PartiesInput {
  /** A cohort is one appointment of many clients. */
  kind: 'individual' | 'cohort'
  startsAt: Date
  idempotencyKey?: string | null
}

export type BookResult =
  { ok: true; appointmentId: AppointmentId } | DetailsRefusal | TimeRefusal | PartiesRefusal | KeyReused

/**
 * Books an appointment, and writes down in the same transaction what is to be told about it. It takes nothing but that
 * transaction: no credits, no consent, no carrier and no job store are asked, so none of them can make it fail or wait.
 */
export async function bookAppointment(
  deps: BookingDeps,
  caller: Caller,
  input: BookInput,
): Promise<BookResult> {
  const { accountId } = caller
  const { idempotencyKey = null, ...content } = input
  const now = deps.clock.now().toJSDate()
  const checked = checkDetails(input)
  if (!checked.ok) return checked
  const refusal = checkTime(input.startsAt, now)
  if (refusal !== null) return refusal
  return inTransaction(deps.db, { name: 'appointments.book', accountId }, (tx) => {
    const once = {
      accountId,
      key: idempotencyKey,
      operation: 'appointments.book',
      input: { ...content, startsAt: input.startsAt.toISOString() },
    }
    return onceOnly<BookResult>(tx, once, async () => {
      const seats = await seatParties(tx, accountId, input.kind, input)
      if (!seats.ok) return seats
      const appointment: Appointment = {
        ...checked.details,
        ...{ id: newId<AppointmentId>(), accountId, kind: input.kind, startsAt: input.startsAt },
        ...{ seriesId: null, place: null, state: 'scheduled', revision: 1, createdAt: now, updatedAt: now },
      }
      await insertAppointment(tx, appointment)
      await insertParties(tx, appointment, seated(seats.parties))
      await planFor(tx, deps, appointment, { occasionsFor: () => ['booked'], isReminded: true, now })
      await recordAndAnnounce(tx, {
        ...{ appointment, fromRevision: null, revision: 1, kind: 'booked', at: now },
        details: { startsAt: appointment.startsAt.toISOString(), clients: input.clients.length },
        actor: actorText(caller.actor),
      })
      return { ok: true, appointmentId: appointment.id }
    })
  })
}
