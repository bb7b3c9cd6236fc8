import type { SeriesId } from '../../kernel/ids.js'
import { actorText } from '../../platform/access/viewer.js'
import { inTransaction, type Tx } from '../../platform/db/transaction.js'
import { onceOnly, type KeyReused } from '../../platform/idempotency/once-only.js'
import type { BookingDeps, Caller } from './appointment-deps.js'
import { PLACES_MAX } from './domain/recurrence.js'
import { followSeries } from './follow-series.js'
import { planFor, voidOpen, type PlanRequest } from './plan-for.js'
import { revise } from './revise.js'
import { lockSeries, upcomingOf, writeSeries, type Series } from './store/series.js'

export type CancelSeriesResult =
  { ok: true; seriesId: SeriesId } | { ok: false; reason: 'not-found' | 'not-active' } | KeyReused

/** Calls off everything of a series that has not begun, and says so once. Cancelling twice is cancelling once. */
export async function cancelSeries(
  deps: BookingDeps,
  caller: Caller,
  input: { seriesId: SeriesId; idempotencyKey?: string | null },
): Promise<CancelSeriesResult> {
  const { accountId } = caller
  const { seriesId } = input
  const now = deps.clock.now().toJSDate()
  return inTransaction(deps.db, { name: 'appointments.cancelSeries', accountId }, (tx) => {
    const once = {
      ...{ accountId, key: input.idempotencyKey ?? null, operation: 'appointments.cancelSeries' },
      input: { seriesId },
    }
    return onceOnly<CancelSeriesResult>(tx, once, async () => {
      await followSeries(tx, deps, { accountId, seriesId }, now)
      const series = await lockSeries(tx, accountId, seriesId)
      if (series === null) return { ok: false, reason: 'not-found' }
      if (series.state === 'cancelled') return { ok: true, seriesId }
      if (series.state !== 'active') return { ok: false, reason: 'not-active' }
      await endSeries(tx, deps, series, { tells: true, actor: actorText(caller.actor), now })
      return { ok: true, seriesId }
    })
  })
}

/**
 * Cancels what is upcoming. The next occurrence speaks for all of them, or nobody does. Where quiet hours leave nobody time to
 * hear of it before it begins, the one after it speaks.
 */
export async function endSeries(
  tx: Tx,
  deps: Pick<BookingDeps, 'contexts'>,
  series: Series,
  { tells, actor, now }: { tells: boolean; actor: string; now: Date },
): Promise<void> {
  const upcoming = await upcomingOf(tx, series.id, now, PLACES_MAX)
  let mustTell = tells
  for (const appointment of upcoming) {
    await voidOpen(tx, appointment, 'cancelled')
    const cancelled = await revise(tx, appointment, {
      ...{ to: { state: 'cancelled' }, kind: 'cancelled', details: { seriesId: series.id } },
      ...{ actor, now },
    })
    if (!mustTell) continue
    const request: PlanRequest = { occasionsFor: () => ['called_off'], isReminded: false, now }
    const planned = await planFor(tx, deps, cancelled, request)
    mustTell =
      planned.every(({ skip }) => skip !== null) && planned.some(({ skip }) => skip === 'quiet_hours')
  }
  await writeSeries(tx, series.id, { ...series, state: 'cancelled', remindedId: null, nextLookAt: null })
}
