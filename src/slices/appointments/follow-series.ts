import { assert } from '../../kernel/assert.js'
import type { AccountId, AppointmentId, SeriesId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { SYSTEM, type BookingDeps } from './appointment-deps.js'
import { PLACES_MAX } from './domain/recurrence.js'
import { planFor, voidOpen, voidReminders } from './plan-for.js'
import { revise } from './revise.js'
import { lockAppointment, type Appointment } from './store/appointments.js'
import { lockSeries, upcomingOf, writeSeries, type Series } from './store/series.js'
import { wasSetAside } from './store/notifications.js'
import { writeAhead } from './write-ahead.js'

/**
 * Brings a series up to a moment: reminders are planned for its first upcoming occurrence and for no other. Each time one
 * has begun, the next is judged at the moment of that beginning, so that it does not matter how late anybody looks. Under
 * the account's lock; doing it again changes nothing.
 */
export async function followSeries(
  tx: Tx,
  deps: Pick<BookingDeps, 'contexts'>,
  ref: { accountId: AccountId; seriesId: SeriesId },
  now: Date,
): Promise<void> {
  assert(tx.lockedAccountId === ref.accountId, 'series change under the lock of their account')
  const found = await lockSeries(tx, ref.accountId, ref.seriesId)
  if (found?.state !== 'active') return
  let turn: Turn = {
    series: await writeAhead(tx, found, now),
    current: found.remindedId === null ? null : await lockAppointment(tx, ref.accountId, found.remindedId),
    isLast: false,
  }
  for (let step = 0; step <= PLACES_MAX && !turn.isLast; step += 1) turn = await nextTurn(tx, deps, turn, now)
  const { series, current } = turn
  await writeSeries(tx, series.id, {
    ...series,
    remindedId: current?.id ?? null,
    nextLookAt: current?.startsAt ?? null,
    state: current === null && series.isWrittenOut ? 'finished' : 'active',
  })
}

interface Turn {
  series: Series
  /** The occurrence that is reminded of. */
  current: Appointment | null
  /** Nothing more is to be done for this moment. */
  isLast: boolean
}

/** Gives the occurrence that comes next its reminders, and takes them from the one that had them if it is still to come. */
async function nextTurn(
  tx: Tx,
  deps: Pick<BookingDeps, 'contexts'>,
  { series: before, current }: Turn,
  now: Date,
): Promise<Turn> {
  const at = current !== null && current.startsAt <= now ? current.startsAt : now
  const series = await writeAhead(tx, before, at)
  const [next] = await upcomingOf(tx, series.id, at, 1)
  if (next?.id === current?.id) return { series, current, isLast: true }
  if (current?.state === 'scheduled' && current.startsAt > at) await voidReminders(tx, current, 'not_next')
  if (next === undefined) return { series, current: null, isLast: true }
  await remindOf(tx, deps, next, at)
  return { series, current: next, isLast: next.startsAt > now }
}

/** An occurrence that comes next again, after another one was between, needs a revision of its own for the new plan. */
async function remindOf(
  tx: Tx,
  deps: Pick<BookingDeps, 'contexts'>,
  next: Appointment,
  now: Date,
): Promise<void> {
  const isSecondTime = await wasSetAside(tx, next)
  const stillOpen = isSecondTime ? await voidOpen(tx, next, 'changed') : new Map()
  const planned = isSecondTime
    ? await revise(tx, next, { to: {}, kind: 'changed', details: { isNextAgain: true }, actor: SYSTEM, now })
    : next
  await planFor(tx, deps, planned, { occasionsFor: () => [], isReminded: true, now, stillOpen })
}

/** Whether an appointment is reminded of: one of a series only while none of that series comes before it. */
export async function isRemindedOf(tx: Tx, appointment: Appointment, now: Date): Promise<boolean> {
  if (appointment.seriesId === null) return true
  const [first] = await upcomingOf(tx, appointment.seriesId, now, 1)
  return first?.id === appointment.id
}

/** Locks an appointment to change it, its series brought up to the moment of the change. */
export async function lockForChange(
  tx: Tx,
  deps: Pick<BookingDeps, 'contexts'>,
  ref: { accountId: AccountId; appointmentId: AppointmentId },
  now: Date,
): Promise<Appointment | null> {
  const { accountId, appointmentId } = ref
  const found = await lockAppointment(tx, accountId, appointmentId)
  if (found?.seriesId == null) return found
  await followSeries(tx, deps, { accountId, seriesId: found.seriesId }, now)
  return lockAppointment(tx, accountId, appointmentId)
}
