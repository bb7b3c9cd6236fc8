import type { AccountId, AppointmentId, SeriesId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import { wallClockAt } from './domain/local-time.js'
import { reasonWords } from './domain/notification-state.js'
import type { NotificationSettings } from './domain/settings.js'
import type { Appointment } from './store/appointments.js'
import {
  findAppointmentRow,
  findSeriesRow,
  listCalendar,
  listHistory,
  listNotifications,
  listParties,
  listSeriesRows,
  type CalendarFilter,
  type HistoryRow,
  type ListedNotification,
  type ListedParty,
} from './store/lists.js'
import type { Series } from './store/series.js'
import { findSettings } from './store/settings.js'

export type { Appointment, HistoryRow, ListedParty, Series }

interface Deps {
  db: Db
}

/** The appointments of an account in the order of the calendar. */
export async function listAppointments(
  deps: Deps,
  accountId: AccountId,
  filter: Partial<CalendarFilter>,
  page: { after: { startsAt: Date; id: string } | null; limit: number },
): Promise<Appointment[]> {
  const whole = { from: null, to: null, contactId: null, seriesId: null, states: null, ...filter }
  return listCalendar(deps.db, accountId, whole, page)
}

/** One appointment, or null for one that is not of this account. */
export async function findAppointment(
  deps: Deps,
  accountId: AccountId,
  appointmentId: AppointmentId,
): Promise<Appointment | null> {
  return findAppointmentRow(deps.db, accountId, appointmentId)
}

/** One series, or null for one that is not of this account. */
export async function findSeries(
  deps: Deps,
  accountId: AccountId,
  seriesId: SeriesId,
): Promise<Series | null> {
  return findSeriesRow(deps.db, accountId, seriesId)
}

/** Series of an account, newest first. */
export async function listSeries(
  deps: Deps,
  accountId: AccountId,
  page: { before: string | null; limit: number },
): Promise<Series[]> {
  return listSeriesRows(deps.db, accountId, page)
}

/** Who takes part, with what became of the texts to each: by appointment. */
export async function partiesOf(
  deps: Deps,
  accountId: AccountId,
  appointmentIds: readonly string[],
): Promise<Map<string, ListedParty[]>> {
  const parties = await listParties(deps.db, accountId, appointmentIds)
  const byAppointment = new Map<string, ListedParty[]>(appointmentIds.map((id) => [id, []]))
  for (const party of parties) byAppointment.get(party.appointmentId)?.push(party)
  return byAppointment
}

export interface PlannedView extends ListedNotification {
  /** On the recipient's clock. */
  dueLocal: string
  /** Minutes by which quiet hours moved it: earlier is negative. */
  movedMinutes: number
  /** Why nothing is sent, in words. */
  reasonWords: string | null
}

const NOTIFICATIONS_MAX = 2_000
const HISTORY_MAX = 200
const MINUTE_MS = 60_000

/** Everything that was, is and will be told about an appointment, with local times and reasons; the newest revision first. */
export async function reminderPlan(
  deps: Deps,
  accountId: AccountId,
  appointmentId: AppointmentId,
): Promise<PlannedView[]> {
  const rows = await listNotifications(deps.db, accountId, appointmentId, NOTIFICATIONS_MAX)
  return rows.map((row) => ({
    ...row,
    dueLocal: wallClockAt(row.dueAt, row.zone),
    movedMinutes: Math.round((row.dueAt.getTime() - row.nominalAt.getTime()) / MINUTE_MS),
    reasonWords:
      row.reason === null
        ? null
        : ((reasonWords as Readonly<Record<string, string>>)[row.reason] ?? row.reason),
  }))
}

/** Who changed what, newest first. */
export async function appointmentHistory(
  deps: Deps,
  accountId: AccountId,
  appointmentId: AppointmentId,
): Promise<HistoryRow[]> {
  return listHistory(deps.db, accountId, appointmentId, HISTORY_MAX)
}

/** What the account wants told; as the contexts have it where it has said nothing. */
export async function notificationSettings(deps: Deps, accountId: AccountId): Promise<NotificationSettings> {
  return findSettings(deps.db, accountId)
}
