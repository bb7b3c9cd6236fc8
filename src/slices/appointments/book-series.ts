import { newId, type AccountId, type AppointmentId, type SeriesId } from '../../kernel/ids.js'
import { actorText } from '../../platform/access/viewer.js'
import { inTransaction, type Tx } from '../../platform/db/transaction.js'
import { onceOnly, type KeyReused } from '../../platform/idempotency/once-only.js'
import type { BookingDeps, Caller } from './appointment-deps.js'
import {
  checkDetails,
  checkTime,
  type DetailsInput,
  type DetailsRefusal,
  type TimeRefusal,
} from './check-details.js'
import { wallClockAt } from './domain/local-time.js'
import type { Occasion } from './domain/notification-context.js'
import { isRule, occurrencesFrom, type Recurrence } from './domain/recurrence.js'
import { planFor } from './plan-for.js'
import { seatParties, type PartiesInput, type PartiesRefusal, type PartyInput } from './seat-parties.js'
import type { AppointmentDetails } from './store/appointments.js'
import { insertSeries, upcomingOf, writeSeries, type Series } from './store/series.js'
import { writeAhead } from './write-ahead.js'

export interface BookSeriesInput extends DetailsInput, PartiesInput {
  clients: readonly PartyInput[]
  /** RFC 5545, for example `FREQ=WEEKLY;COUNT=10`. The time of day is that of the first occurrence, in the zone. */
  rule: string
  /** Of the first occurrence. */
  startsAt: Date
  idempotencyKey?: string | null
}

export type SeriesRefusal =
  { ok: false; reason: 'rule-unusable' } | DetailsRefusal | TimeRefusal | PartiesRefusal

export type BookSeriesResult = { ok: true; seriesId: SeriesId } | SeriesRefusal | KeyReused

/**
 * Books appointments that recur. An hour of the day stays what the clock on the wall shows when clocks are changed. One
 * confirmation for all, and reminders of the first upcoming occurrence only: whatever the rule says, one person gets one
 * chain of reminders.
 */
export async function bookSeries(
  deps: BookingDeps,
  caller: Caller,
  input: BookSeriesInput,
): Promise<BookSeriesResult> {
  const { accountId } = caller
  const { idempotencyKey = null, ...content } = input
  const now = deps.clock.now().toJSDate()
  const refusal = checkTime(input.startsAt, now)
  if (refusal !== null) return refusal
  const checked = checkSeries(input)
  if (!checked.ok) return checked
  return inTransaction(deps.db, { name: 'appointments.bookSeries', accountId }, (tx) =>
    onceOnly<BookSeriesResult>(
      tx,
      {
        ...{ accountId, key: idempotencyKey, operation: 'appointments.bookSeries' },
        input: { ...content, startsAt: input.startsAt.toISOString() },
      },
      () =>
        writeBooking(tx, deps, accountId, {
          ...{ input, checked, occasion: 'booked', actor: actorText(caller.actor), now },
        }),
    ),
  )
}

export interface CheckedSeries {
  ok: true
  details: Omit<AppointmentDetails, 'startsAt'>
  recurrence: Recurrence
}

/** What can be refused about a series without asking anybody: a rule is walked before its account is locked. */
export function checkSeries(
  input: DetailsInput & Pick<BookSeriesInput, 'rule' | 'startsAt'>,
): CheckedSeries | SeriesRefusal {
  const checked = checkDetails(input)
  if (!checked.ok) return checked
  if (!isRule(input.rule)) return { ok: false, reason: 'rule-unusable' }
  const { zone } = checked.details
  const recurrence = { rule: input.rule, zone, localStart: wallClockAt(input.startsAt, zone) }
  // A rule that does not contain its own beginning (a Monday in a series of Tuesdays) is a slip of whoever wrote it.
  const [first] = occurrencesFrom(recurrence, 1, 1)
  if (first?.startsAt.getTime() !== input.startsAt.getTime()) return { ok: false, reason: 'rule-unusable' }
  return { ok: true, details: checked.details, recurrence }
}

/** In the caller's transaction: the series with its first occurrences, told of once. */
export async function writeBooking(
  tx: Tx,
  deps: Pick<BookingDeps, 'contexts'>,
  accountId: AccountId,
  order: { input: PartiesInput; checked: CheckedSeries; occasion: Occasion; actor: string; now: Date },
): Promise<{ ok: true; seriesId: SeriesId } | PartiesRefusal> {
  const { input, occasion, now } = order
  const { details, recurrence } = order.checked
  const seats = await seatParties(tx, accountId, 'occurrence', input)
  if (!seats.ok) return seats
  const booked: Series = {
    ...{ ...details, ...recurrence, id: newId<SeriesId>(), accountId, parties: seats.parties },
    ...{ state: 'active', placesWritten: 0, isWrittenOut: false, remindedId: null, createdAt: now },
  }
  await insertSeries(tx, booked, order.actor)
  const series = await writeAhead(tx, booked, now)
  const [next] = await upcomingOf(tx, series.id, now, 1)
  if (next !== undefined)
    await planFor(tx, deps, next, { occasionsFor: () => [occasion], isReminded: true, now })
  const remindedId: AppointmentId | null = next?.id ?? null
  await writeSeries(tx, series.id, { ...series, remindedId, nextLookAt: next?.startsAt ?? null })
  return { ok: true, seriesId: series.id }
}
