import type { ContactId } from '../../../kernel/ids.js'
import { idArgument } from '../../../platform/graphql/index.js'
import type { AccountEvent } from '../../../platform/realtime/event-log.js'
import { appointmentFields } from '../domain/appointment-text.js'
import { wallClockAt } from '../domain/local-time.js'
import type { ContextTable } from '../domain/notification-context.js'
import { rolesTold, templateFor, type NotificationSettings } from '../domain/settings.js'
import type { Appointment, HistoryRow, ListedParty, Series } from '../read-appointments.js'
import type { PartiesInput, PartyInput } from '../seat-parties.js'
import type { AppointmentClientInput, AppointmentCoachInput } from './appointment-inputs.types.js'
import {
  AppointmentSeriesType,
  AppointmentType,
  NotificationSettingsType,
  type AppointmentChangeType,
  type AppointmentEventType,
  type AppointmentPartyType,
} from './appointments.types.js'

export function toAppointmentType(appointment: Appointment): AppointmentType {
  return Object.assign(new AppointmentType(), {
    ...appointment,
    startsLocal: wallClockAt(appointment.startsAt, appointment.zone),
  })
}

export function toSeriesType(series: Series): AppointmentSeriesType {
  return Object.assign(new AppointmentSeriesType(), series)
}

export function toParty(party: ListedParty): AppointmentPartyType {
  return {
    ...party,
    code: party.code === null ? null : `C${String(party.code)}`,
    results: Object.entries(party.results).map(([state, count]) => ({ state, count })),
  }
}

const changeable: ReadonlySet<string> = new Set(['durationMinutes', 'zone', 'title', 'location', 'offsets'])

export function toChange({ details, ...entry }: HistoryRow): AppointmentChangeType {
  const { from, joined, left } = details
  return {
    ...entry,
    movedFrom: entry.kind === 'moved' && typeof from === 'string' ? new Date(from) : null,
    changed: Object.keys(details).filter((name) => changeable.has(name)),
    joined: typeof joined === 'number' ? joined : 0,
    left: typeof left === 'number' ? left : 0,
  }
}

export function toSettings(contexts: ContextTable, settings: NotificationSettings): NotificationSettingsType {
  return Object.assign(new NotificationSettingsType(), {
    contexts: Object.entries(contexts).map(([context, { what }]) => ({
      context,
      what,
      roles: [...rolesTold(contexts, settings, context)],
      templateEn: templateFor(contexts, settings, context, 'en') ?? '',
      templateEs: templateFor(contexts, settings, context, 'es') ?? '',
    })),
    offsets: [...settings.offsets],
    language: settings.language,
    asksConfirmation: settings.asksConfirmation,
    fields: [...appointmentFields],
  })
}

export function toEvent(event: AccountEvent): AppointmentEventType {
  const { kind, appointmentId, appointmentIds } = event.payload
  const ids: unknown[] = Array.isArray(appointmentIds) ? appointmentIds : [appointmentId]
  return {
    seq: event.seq,
    at: event.at,
    kind: typeof kind === 'string' ? kind : 'unknown',
    appointmentIds: ids.filter((id) => typeof id === 'string'),
  }
}

export function toClients(clients: readonly AppointmentClientInput[]): PartyInput[] {
  return clients.map(({ contactId, zone }) => ({
    contactId: idArgument<ContactId>(contactId),
    zone: zone ?? null,
  }))
}

export function toCoach(
  coach: AppointmentCoachInput | null | undefined,
): NonNullable<PartiesInput['coach']> | null {
  if (coach == null) return null
  const { contactId, zone } = coach
  return { contactId: contactId == null ? null : idArgument<ContactId>(contactId), zone: zone ?? null }
}
