import type { PartyRole } from './appointment-state.js'
import type { ContextTable, Language } from './notification-context.js'

/** What an account wants told, and to whom. What it does not say is as the contexts have it. */
export interface NotificationSettings {
  /** By context: whom it goes to; nobody switches it off. */
  readonly roles: Readonly<Record<string, readonly PartyRole[]>>
  /** Minutes before the beginning, in no order. */
  readonly offsets: readonly number[]
  /** Of recipients whose language is not known. */
  readonly language: Language
  /** Whether reminders ask for a reply that confirms. */
  readonly asksConfirmation: boolean
  /** The account's own words, by context and language. */
  readonly templates: Readonly<Record<string, Readonly<Partial<Record<Language, string>>>>>
}

export const defaultSettings: NotificationSettings = {
  roles: {},
  offsets: [48 * 60, 24 * 60, 60],
  language: 'en',
  asksConfirmation: false,
  templates: {},
}

export const OFFSETS_MAX = 10
/** Thirty days: who is reminded earlier forgets it again. */
export const OFFSET_MINUTES_MAX = 30 * 24 * 60
const OFFSET_MINUTES_MIN = 5

export function areOffsets(offsets: readonly number[]): boolean {
  return (
    offsets.length <= OFFSETS_MAX &&
    new Set(offsets).size === offsets.length &&
    offsets.every(
      (minutes) =>
        Number.isInteger(minutes) && minutes >= OFFSET_MINUTES_MIN && minutes <= OFFSET_MINUTES_MAX,
    )
  )
}

/** Whom a context goes to; nobody when it is off or is no context any more. */
export function rolesTold(
  contexts: ContextTable,
  settings: NotificationSettings,
  context: string,
): readonly PartyRole[] {
  return settings.roles[context] ?? contexts[context]?.roles ?? []
}

/** The account's words, else ours; in the recipient's language, else in the account's. */
export function templateFor(
  contexts: ContextTable,
  settings: Pick<NotificationSettings, 'templates'>,
  context: string,
  language: Language,
): string | null {
  return settings.templates[context]?.[language] ?? contexts[context]?.templates[language] ?? null
}
