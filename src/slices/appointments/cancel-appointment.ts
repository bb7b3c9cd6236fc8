import type { AppointmentId } from '../../kernel/ids.js'
import { actorText } from '../../platform/access/viewer.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { onceOnly, type KeyReused } from '../../platform/idempotency/once-only.js'
import type { BookingDeps, Caller } from './appointment-deps.js'
import { followSeries, lockForChange } from './follow-series.js'
import { planFor, voidOpen } from './plan-for.js'
import { revise } from './revise.js'

export type CancelResult =
  | { ok: true; appointmentId: AppointmentId }
  | { ok: false; reason: 'not-found' | 'not-scheduled' }
  | KeyReused

/**
 * Calls an appointment off, takes back what was still to be said about it, and tells those who are told of cancellations. Of
 * an appointment that has begun nobody is told. Cancelling twice is cancelling once.
 */
export async function cancelAppointment(
  deps: BookingDeps,
  caller: Caller,
  input: { appointmentId: AppointmentId; idempotencyKey?: string | null },
): Promise<CancelResult> {
  const { accountId } = caller
  const { appointmentId } = input
  const now = deps.clock.now().toJSDate()
  return inTransaction(deps.db, { name: 'appointments.cancel', accountId }, (tx) => {
    const once = {
      ...{ accountId, key: input.idempotencyKey ?? null, operation: 'appointments.cancel' },
      input: { appointmentId },
    }
    return onceOnly<CancelResult>(tx, once, async () => {
      const before = await lockForChange(tx, deps, { accountId, appointmentId }, now)
      if (before === null) return { ok: false, reason: 'not-found' }
      if (before.state === 'cancelled') return { ok: true, appointmentId }
      if (before.state !== 'scheduled') return { ok: false, reason: 'not-scheduled' }
      await voidOpen(tx, before, 'cancelled')
      const cancelled = await revise(tx, before, {
        ...{ to: { state: 'cancelled' }, kind: 'cancelled', details: {} },
        ...{ actor: actorText(caller.actor), now },
      })
      if (before.startsAt > now)
        await planFor(tx, deps, cancelled, { occasionsFor: () => ['called_off'], isReminded: false, now })
      if (before.seriesId !== null)
        await followSeries(tx, deps, { accountId, seriesId: before.seriesId }, now)
      return { ok: true, appointmentId }
    })
  })
}
