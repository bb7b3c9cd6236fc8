import type { AppointmentId } from '../../kernel/ids.js'
import { mayMove } from '../../kernel/transitions.js'
import { actorText } from '../../platform/access/viewer.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { onceOnly, type KeyReused } from '../../platform/idempotency/once-only.js'
import type { BookingDeps, Caller } from './appointment-deps.js'
import { appointmentTransitions } from './domain/appointment-state.js'
import { followSeries, lockForChange } from './follow-series.js'
import { planFor, voidOpen } from './plan-for.js'
import { revise } from './revise.js'

export interface CloseInput {
  appointmentId: AppointmentId
  /** How it ended. */
  as: 'completed' | 'no_show'
  idempotencyKey?: string | null
}

export type CloseResult =
  | { ok: true; appointmentId: AppointmentId }
  | { ok: false; reason: 'not-found' | 'cancelled' | 'not-begun' }
  | KeyReused

const occasions = { completed: 'completed', no_show: 'missed' } as const

/** Notes how an appointment ended, once it has begun; whoever did not come may be told that they were missed. */
export async function closeAppointment(
  deps: BookingDeps,
  caller: Caller,
  input: CloseInput,
): Promise<CloseResult> {
  const { accountId } = caller
  const { appointmentId, as } = input
  const now = deps.clock.now().toJSDate()
  return inTransaction(deps.db, { name: 'appointments.close', accountId }, (tx) => {
    const once = {
      ...{ accountId, key: input.idempotencyKey ?? null, operation: 'appointments.close' },
      input: { appointmentId, as },
    }
    return onceOnly<CloseResult>(tx, once, async () => {
      const before = await lockForChange(tx, deps, { accountId, appointmentId }, now)
      if (before === null) return { ok: false, reason: 'not-found' }
      if (before.state === as) return { ok: true, appointmentId }
      if (!mayMove(appointmentTransitions, before.state, as)) return { ok: false, reason: 'cancelled' }
      if (before.startsAt > now) return { ok: false, reason: 'not-begun' }
      await voidOpen(tx, before, 'ended')
      const closed = await revise(tx, before, {
        ...{ to: { state: as }, kind: as, details: {} },
        ...{ actor: actorText(caller.actor), now },
      })
      await planFor(tx, deps, closed, { occasionsFor: () => [occasions[as]], isReminded: false, now })
      if (before.seriesId !== null)
        await followSeries(tx, deps, { accountId, seriesId: before.seriesId }, now)
      return { ok: true, appointmentId }
    })
  })
}
