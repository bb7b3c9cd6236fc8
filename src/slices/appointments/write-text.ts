import { priceOf, type PriceBook } from '../credits/index.js'
import type { NewMessage } from '../messages/index.js'
import type { AppointmentDeps } from './appointment-deps.js'
import { appointmentText, type TextParty } from './domain/appointment-text.js'
import { languages, type Language } from './domain/notification-context.js'
import { templateFor, type NotificationSettings } from './domain/settings.js'
import type { DueNotification } from './store/due.js'
import type { Attendee, Person } from './store/people.js'

export interface Writing {
  recipient: Attendee
  person: Person
  parties: readonly Attendee[]
  settings: NotificationSettings
  book: PriceBook
  code: number | null
  idemKey: string
}

export type WrittenText =
  { ok: true; message: NewMessage } | { ok: false; reason: 'text_unusable' | 'no_price' }

/** The finished and priced text of one notification, in the recipient's own time and language. */
export function writeText(
  deps: Pick<AppointmentDeps, 'contexts' | 'measureSegments'>,
  due: DueNotification,
  writing: Writing,
): WrittenText {
  const { recipient, person, settings, book } = writing
  const language = languageOf(person, settings)
  const template = templateFor(deps.contexts, settings, due.context, language)
  if (template === null) return { ok: false, reason: 'text_unusable' }
  const text = appointmentText(template, {
    ...due.appointment,
    recipient: toTextParty(recipient),
    parties: writing.parties.map(toTextParty),
    language,
    code: writing.code === null ? null : `C${String(writing.code)}`,
  })
  if (!text.ok) return { ok: false, reason: 'text_unusable' }
  const { encoding, segments } = deps.measureSegments(text.body)
  const cost = priceOf(book, person.country, segments)
  if (cost === null) return { ok: false, reason: 'no_price' }
  return {
    ok: true,
    message: {
      ...{ campaignId: null, ordinal: null, contactId: person.contactId, purpose: 'transactional' },
      ...{ phone: person.phone, country: person.country, body: text.body, encoding, segments },
      ...{
        cost,
        priceVersion: book.version,
        expiresAt: due.usefulUntil,
        notBefore: null,
        idemKey: writing.idemKey,
      },
    },
  }
}

export function toTextParty({ role, person, zone }: Attendee): TextParty {
  return { role, firstName: person?.firstName ?? null, lastName: person?.lastName ?? null, zone }
}

/** What the contact's file said, if we speak it. */
function languageOf(person: Person, settings: NotificationSettings): Language {
  const spoken = person.language?.slice(0, 2).toLowerCase()
  return languages.find((language) => language === spoken) ?? settings.language
}
