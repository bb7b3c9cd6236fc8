import { AppointmentEventsDocument } from '../../generated/graphql.js'
import { useLiveEvents } from '../../live/use-live-events.js'
import { useLiveSeq } from '../../live/use-live-seq.js'

/** A number that changes whenever something happens to appointments. Null before the first time. */
export function useAppointmentNews(): number | null {
  return useLiveSeq(AppointmentEventsDocument, {}, ({ appointmentEvents }) => appointmentEvents.seq)
}

/** Calls when something happened to one of these appointments, and once to read again what may have been missed before. */
export function useNewsOf(appointmentIds: readonly string[], onNews: () => void): void {
  useLiveEvents(AppointmentEventsDocument, {}, ({ appointmentEvents }) => appointmentEvents, {
    onBegin: onNews,
    onEvents: (events) => {
      const isOurs = (id: string): boolean => appointmentIds.includes(id)
      if (events.some((event) => event.appointmentIds.some(isOurs))) onNews()
    },
  })
}
