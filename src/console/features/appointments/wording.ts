import type {
  AppointmentKind,
  CalendarEntryFragment,
  NotificationContext,
  PlanEntryFragment,
} from '../../generated/graphql.js'
import { quantity, words } from '../../shared/format.js'

/** Short names of what is told; the settings say each in a sentence. */
const contextNames: Readonly<Partial<Record<NotificationContext, string>>> = {
  SCHEDULED_APPOINTMENT: 'Confirmation',
  RESCHEDULED_APPOINTMENT: 'New time',
  CANCELLATION: 'Cancellation',
  COHORT_UPDATE: 'Change of the group',
  NO_SHOW_FOLLOW_UP: 'Follow-up',
}

export function contextName(context: string, offsetMinutes: number): string {
  if (offsetMinutes > 0) return `Reminder ${offsetText(offsetMinutes)} before`
  return contextNames[context.toUpperCase() as NotificationContext] ?? words(context)
}

const MINUTES_OF_DAY = 24 * 60

/** "2 days", "90 min", "1 hour". */
export function offsetText(minutes: number): string {
  if (minutes % MINUTES_OF_DAY === 0) return quantity(minutes / MINUTES_OF_DAY, 'day')
  if (minutes % 60 === 0) return quantity(minutes / 60, 'hour')
  return `${String(minutes)} min`
}

/** "2 days, 1 day and 1 hour before", or "never". */
export function offsetsText(offsets: readonly number[]): string {
  const parts = [...offsets].sort((one, two) => two - one).map(offsetText)
  if (parts.length === 0) return 'never'
  return `${listText(parts)} before`
}

export function listText(parts: readonly string[]): string {
  if (parts.length <= 1) return parts[0] ?? ''
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`
}

export const kindWords: Readonly<Record<AppointmentKind, string>> = {
  INDIVIDUAL: 'One client',
  OCCURRENCE: 'Part of a series',
  COHORT: 'Group',
}

/** Who comes, in so many words as there is room for. */
export function clientsText(parties: CalendarEntryFragment['parties']): string {
  const clients = parties.filter(({ role }) => role === 'CLIENT')
  const [first] = clients
  if (first === undefined) return 'Nobody'
  const name = first.name ?? 'Former contact'
  return clients.length === 1 ? name : `${name} and ${quantity(clients.length - 1, 'other')}`
}

/** "40 min earlier because of quiet hours"; null when they changed nothing. */
export function movedText(movedMinutes: number): string | null {
  if (movedMinutes === 0) return null
  const by = Math.abs(movedMinutes)
  const hours = Math.floor(by / 60)
  const rest = by % 60
  const length = [hours === 0 ? '' : `${String(hours)} h`, rest === 0 ? '' : `${String(rest)} min`]
    .filter(Boolean)
    .join(' ')
  return `${length} ${movedMinutes < 0 ? 'earlier' : 'later'}, because of quiet hours`
}

export function roleWord(role: PlanEntryFragment['role']): string {
  return role === 'COACH' ? 'coach' : 'client'
}
