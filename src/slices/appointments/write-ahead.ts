import { newId, type AppointmentId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { SYSTEM } from './appointment-deps.js'
import { recordAndAnnounce } from './announce.js'
import { occurrencesFrom, type Occurrence } from './domain/recurrence.js'
import { seated } from './seat-parties.js'
import { insertAppointment, insertParties, type Appointment } from './store/appointments.js'
import { upcomingOf, type Series } from './store/series.js'

/** Upcoming occurrences that are written as appointments; the rest of a series is its rule. */
export const OCCURRENCES_AHEAD = 8

/** Writes occurrences until there are enough after a moment, or the rule has no more. They are told of when their turn comes. */
export async function writeAhead(tx: Tx, series: Series, after: Date): Promise<Series> {
  let { placesWritten, isWrittenOut } = series
  let missing = OCCURRENCES_AHEAD - (await upcomingOf(tx, series.id, after, OCCURRENCES_AHEAD)).length
  while (missing > 0 && !isWrittenOut) {
    const occurrences = occurrencesFrom(series, placesWritten + 1, missing)
    for (const occurrence of occurrences) await writeOccurrence(tx, series, occurrence)
    placesWritten += occurrences.length
    isWrittenOut = occurrences.length < missing
    missing -= occurrences.filter(({ startsAt }) => startsAt > after).length
  }
  return { ...series, placesWritten, isWrittenOut }
}

async function writeOccurrence(tx: Tx, series: Series, { place, startsAt }: Occurrence): Promise<void> {
  const { accountId, durationMinutes, zone, title, location, offsets } = series
  const at = series.createdAt
  const appointment: Appointment = {
    ...{ id: newId<AppointmentId>(), accountId, kind: 'occurrence', seriesId: series.id, place },
    ...{ startsAt, durationMinutes, zone, title, location, offsets },
    ...{ state: 'scheduled', revision: 1, createdAt: at, updatedAt: at },
  }
  await insertAppointment(tx, appointment)
  await insertParties(tx, appointment, seated(series.parties))
  await recordAndAnnounce(tx, {
    ...{ appointment, fromRevision: null, revision: 1, kind: 'booked', actor: SYSTEM, at },
    details: { seriesId: series.id, place },
  })
}
