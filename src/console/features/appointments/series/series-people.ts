import type { AppointmentSeriesQuery } from '../../../generated/graphql.js'

export type SeriesDetail = NonNullable<AppointmentSeriesQuery['appointmentSeries']>
export type Occurrence = SeriesDetail['occurrences'][number]

/** The people of a series are those of its occurrences; the one that comes next is the newest word. */
export function peopleOf({ occurrences, remindedId }: SeriesDetail): Occurrence['parties'] {
  const next = occurrences.find(({ id }) => id === remindedId) ?? occurrences.at(-1)
  return next?.parties ?? []
}
