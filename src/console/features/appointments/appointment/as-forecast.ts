import type { AppointmentOccasion, ForecastNotificationsInput } from '../../../generated/graphql.js'
import type { AppointmentDetail } from './appointment-page.js'

/** The question who would be told what if this were done with an appointment. Whose contact is gone cannot be told. */
export function asForecast(
  { kind, startsAt, zone, offsets, parties }: AppointmentDetail,
  occasion: AppointmentOccasion | null,
  part: Partial<ForecastNotificationsInput> = {},
): ForecastNotificationsInput | null {
  const known = parties.filter(({ contactId, name }) => contactId != null && name != null)
  const clients = known.flatMap(({ role, contactId, zone: own }) =>
    role === 'CLIENT' && contactId != null ? { contactId, zone: own } : [],
  )
  const coach = known.find(({ role }) => role === 'COACH')
  if ((part.clients ?? clients).length === 0) return null
  return {
    ...{ occasion, kind, startsAt, zone, offsets, clients },
    coach: coach === undefined ? null : { contactId: coach.contactId, zone: coach.zone },
    ...part,
  }
}
