import { DateTime } from 'luxon'
import type { SeriesId } from '../../kernel/ids.js'
import { actorText } from '../../platform/access/viewer.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { onceOnly, type KeyReused } from '../../platform/idempotency/once-only.js'
import type { BookingDeps, Caller } from './appointment-deps.js'
import { checkSeries, writeBooking, type SeriesRefusal } from './book-series.js'
import { endSeries } from './cancel-series.js'
import { checkTime } from './check-details.js'
import { followSeries } from './follow-series.js'
import { lockSeries } from './store/series.js'

export interface ReplaceSeriesInput {
  seriesId: SeriesId
  /** Of the first occurrence of what comes now. */
  startsAt: Date
  /** The rule that it had, unless said; a COUNT begins anew. */
  rule?: string | null
  idempotencyKey?: string | null
}

export type ReplaceSeriesResult =
  | { ok: true; seriesId: SeriesId }
  | { ok: false; reason: 'not-found' | 'not-active' }
  | SeriesRefusal
  | KeyReused

/**
 * Moves what is left of a series to another time or rhythm: in one transaction the upcoming occurrences are called off in
 * silence, a new series takes their place, and everybody is told once of its first occurrence.
 */
export async function replaceSeries(
  deps: BookingDeps,
  caller: Caller,
  input: ReplaceSeriesInput,
): Promise<ReplaceSeriesResult> {
  const { accountId } = caller
  const { seriesId, startsAt } = input
  const now = deps.clock.now().toJSDate()
  const refusal = checkTime(startsAt, now)
  if (refusal !== null) return refusal
  return inTransaction(deps.db, { name: 'appointments.replaceSeries', accountId }, (tx) => {
    const once = {
      ...{ accountId, key: input.idempotencyKey ?? null, operation: 'appointments.replaceSeries' },
      input: {
        seriesId,
        startsAt: DateTime.fromJSDate(startsAt, { zone: 'utc' }).toISO(),
        rule: input.rule ?? null,
      },
    }
    return onceOnly<ReplaceSeriesResult>(tx, once, async () => {
      await followSeries(tx, deps, { accountId, seriesId }, now)
      const series = await lockSeries(tx, accountId, seriesId)
      if (series === null) return { ok: false, reason: 'not-found' }
      if (series.state !== 'active') return { ok: false, reason: 'not-active' }
      const actor = actorText(caller.actor)
      const partyOf = ({ contactId, zone }: (typeof series.parties)[number]) => ({ contactId, zone })
      const clients = series.parties.flatMap((party) =>
        party.role === 'client' && party.contactId !== null
          ? { contactId: party.contactId, zone: party.zone }
          : [],
      )
      const coach = series.parties.filter(({ role }) => role === 'coach').map(partyOf)[0] ?? null
      const content = { ...series, rule: input.rule ?? series.rule, startsAt, clients, coach }
      const checked = checkSeries(content)
      if (!checked.ok) return checked
      const booked = await writeBooking(tx, deps, accountId, {
        ...{ input: content, checked, occasion: 'moved', actor, now },
      })
      if (!booked.ok) return booked
      await endSeries(tx, deps, series, { tells: false, actor, now })
      return booked
    })
  })
}
