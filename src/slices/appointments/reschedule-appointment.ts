import type { AppointmentId } from '../../kernel/ids.js'
import { actorText } from '../../platform/access/viewer.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { onceOnly, type KeyReused } from '../../platform/idempotency/once-only.js'
import type { BookingDeps, Caller } from './appointment-deps.js'
import { checkTime, type TimeRefusal } from './check-details.js'
import { followSeries, isRemindedOf, lockForChange } from './follow-series.js'
import { planFor, voidOpen } from './plan-for.js'
import { revise } from './revise.js'
import { clearConfirmations } from './store/codes.js'

export interface RescheduleInput {
  appointmentId: AppointmentId
  startsAt: Date
  /** Refuse when somebody else has changed it since it had this revision. */
  revision?: number | null
  idempotencyKey?: string | null
}

export type RescheduleResult =
  | { ok: true; appointmentId: AppointmentId }
  | { ok: false; reason: 'not-found' | 'not-scheduled' | 'same-time' | 'changed-meanwhile' }
  | TimeRefusal
  | KeyReused

/**
 * Moves an appointment. In one transaction: the new revision, the end of everything that was to be said about the old time,
 * texts that wait among it, and the plan for the new one; who had confirmed is asked again. From its commit on nothing about the old time is authorised any more.
 */
export async function rescheduleAppointment(
  deps: BookingDeps,
  caller: Caller,
  input: RescheduleInput,
): Promise<RescheduleResult> {
  const { accountId } = caller
  const { appointmentId, startsAt } = input
  const now = deps.clock.now().toJSDate()
  const refusal = checkTime(startsAt, now)
  if (refusal !== null) return refusal
  return inTransaction(deps.db, { name: 'appointments.reschedule', accountId }, (tx) => {
    const once = {
      ...{ accountId, key: input.idempotencyKey ?? null, operation: 'appointments.reschedule' },
      input: { appointmentId, startsAt: startsAt.toISOString() },
    }
    return onceOnly<RescheduleResult>(tx, once, async () => {
      const before = await lockForChange(tx, deps, { accountId, appointmentId }, now)
      if (before === null) return { ok: false, reason: 'not-found' }
      if (input.revision != null && input.revision !== before.revision)
        return { ok: false, reason: 'changed-meanwhile' }
      if (before.state !== 'scheduled') return { ok: false, reason: 'not-scheduled' }
      if (before.startsAt.getTime() === startsAt.getTime()) return { ok: false, reason: 'same-time' }
      await voidOpen(tx, before, 'rescheduled')
      const moved = await revise(tx, before, {
        to: { startsAt },
        kind: 'moved',
        details: { from: before.startsAt.toISOString(), to: startsAt.toISOString() },
        actor: actorText(caller.actor),
        now,
      })
      await clearConfirmations(tx, appointmentId)
      await planFor(tx, deps, moved, {
        occasionsFor: () => ['moved'],
        isReminded: await isRemindedOf(tx, moved, now),
        now,
      })
      if (moved.seriesId !== null) await followSeries(tx, deps, { accountId, seriesId: moved.seriesId }, now)
      return { ok: true, appointmentId }
    })
  })
}
