import type { ForecastNotificationsInput } from '../../../generated/graphql.js'
import { peopleOf, type SeriesDetail } from './series-people.js'

/** Who would be told what if this were done with the rest of a series: once, of its next occurrence. */
export function seriesForecast(
  series: SeriesDetail,
  occasion: 'MOVED' | 'CALLED_OFF',
  startsAt: string,
): ForecastNotificationsInput | null {
  const known = peopleOf(series).filter(({ contactId, name }) => contactId != null && name != null)
  const clients = known.flatMap(({ role, contactId, zone }) =>
    role === 'CLIENT' && contactId != null ? { contactId, zone } : [],
  )
  if (clients.length === 0) return null
  const coach = known.find(({ role }) => role === 'COACH')
  const { offsets = null } = series.occurrences.find(({ id }) => id === series.remindedId) ?? {}
  return {
    ...{ occasion, kind: 'OCCURRENCE', startsAt, zone: series.zone, offsets, clients },
    coach: coach === undefined ? null : { contactId: coach.contactId, zone: coach.zone },
  }
}
