import type { AppointmentKind, PartyRole } from './appointment-state.js'

/** Each has its file in `contexts/`; `contexts/index.ts` does not compile without it. */
export const contextKeys = [
  'scheduled_appointment',
  'rescheduled_appointment',
  'cancellation',
  'reminder_48hr',
  'reminder_24hr',
  'reminder_1hr',
  'reminder_custom',
  'cohort_update',
  'no_show_follow_up',
] as const
export type ContextKey = (typeof contextKeys)[number]

/** What happens to an appointment and may be told. */
export type Occasion = 'booked' | 'moved' | 'changed' | 'called_off' | 'missed' | 'completed'

export const languages = ['en', 'es'] as const
export type Language = (typeof languages)[number]

/** When a notification is due: at once when something happens, or so long before the beginning. */
export type Due =
  | { readonly on: readonly Occasion[] }
  /** Minutes; `other` is every offset that no context has to itself. */
  | { readonly before: number | 'other' }

/** One kind of notification, as data. */
export interface NotificationContext {
  /** In words, for settings. */
  readonly what: string
  readonly due: Due
  /** Kinds of appointments that it is for. */
  readonly kinds: readonly AppointmentKind[]
  /** Whom it goes to unless the account says otherwise. */
  readonly roles: readonly PartyRole[]
  readonly useful: {
    /** For how long at most, from when it is due. Of a reminder half its offset counts, too. */
    readonly minutes: number
    /** Whether it still says something once the appointment has begun. */
    readonly afterBeginning: boolean
  }
  readonly templates: Readonly<Record<Language, string>>
}

/** Contexts by key. More keys than ours are no mistake: nothing but this table knows them. */
export type ContextTable = Readonly<Record<string, NotificationContext>>

export const everyKind: readonly AppointmentKind[] = ['individual', 'occurrence', 'cohort']

/** The context that speaks for an offset. */
export function reminderFor(contexts: ContextTable, offsetMinutes: number): string | null {
  const keyOf = (before: number | 'other'): string | undefined =>
    Object.keys(contexts).find((key) => {
      const due = contexts[key]?.due
      return due !== undefined && 'before' in due && due.before === before
    })
  return keyOf(offsetMinutes) ?? keyOf('other') ?? null
}

/** The contexts that tell of an occasion to appointments of this kind. */
export function contextsOn(contexts: ContextTable, occasion: Occasion, kind: AppointmentKind): string[] {
  return Object.entries(contexts)
    .filter(([, { due, kinds }]) => 'on' in due && due.on.includes(occasion) && kinds.includes(kind))
    .map(([key]) => key)
}
