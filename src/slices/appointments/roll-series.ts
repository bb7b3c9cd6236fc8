import { visitEach } from '../../kernel/visit-each.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { BookingDeps } from './appointment-deps.js'
import { followSeries } from './follow-series.js'
import { seriesToExtend, seriesToRoll, type SeriesRef } from './store/due.js'
import { OCCURRENCES_AHEAD } from './write-ahead.js'

/** Series that one pass visits; what is left comes with the next one. */
const SERIES_MAX = 500

/** When an occurrence has begun, the next one of its series is reminded of. */
export async function rollSeries(deps: BookingDeps): Promise<void> {
  await followEach(deps, await seriesToRoll(deps.db, deps.clock.now().toJSDate(), SERIES_MAX))
}

/** Series that have no end are written out a few occurrences ahead, and no further. */
export async function extendSeries(deps: BookingDeps): Promise<void> {
  const now = deps.clock.now().toJSDate()
  await followEach(deps, await seriesToExtend(deps.db, now, OCCURRENCES_AHEAD, SERIES_MAX))
}

function followEach(deps: BookingDeps, refs: readonly SeriesRef[]): Promise<void> {
  const now = deps.clock.now().toJSDate()
  return visitEach(refs, (ref) =>
    inTransaction(deps.db, { name: 'appointments.followSeries', accountId: ref.accountId }, (tx) =>
      followSeries(tx, deps, ref, now),
    ),
  )
}
