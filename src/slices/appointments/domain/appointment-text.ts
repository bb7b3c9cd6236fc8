import { asFieldValue, renderTemplate, type RenderedText } from '../../../kernel/render-template.js'
import { parseTemplate, unknownField, type TemplateProblem } from '../../../kernel/parse-template.js'
import type { PartyRole } from './appointment-state.js'
import { clocksDiffer, localWords } from './local-time.js'
import type { Language } from './notification-context.js'

export interface TextParty {
  role: PartyRole
  firstName: string | null
  lastName: string | null
  zone: string
}

export interface TextFacts {
  startsAt: Date
  durationMinutes: number
  title: string | null
  location: string | null
  recipient: TextParty
  /** Everybody who takes part, the recipient among them. */
  parties: readonly TextParty[]
  language: Language
  /** `C1`, when the recipient may confirm with it. */
  code: string | null
}

type Words = (facts: TextFacts) => string | null

const joined = { en: ' with ', es: ' con ' } as const
const confirms = { en: ' Reply {code} to confirm.', es: ' Responda {code} para confirmar.' } as const
const places = { en: ' Where: ', es: ' Lugar: ' } as const

const clean = (value: string | null): string | null => (value === null ? null : asFieldValue(value))
const withLead = (lead: string, value: string | null, end = ''): string | null =>
  value === null ? null : `${lead}${value}${end}`
const nameOf = (party: TextParty | undefined): string | null =>
  clean([party?.firstName, party?.lastName].filter((part) => part != null).join(' '))

/** Whom the recipient meets: the coach, or the one client; a group has no name. */
function otherName({ recipient, parties }: TextFacts): string | null {
  const others = parties.filter(({ role }) => role !== recipient.role)
  return others.length === 1 ? nameOf(others[0]) : null
}

function local(facts: TextFacts) {
  const { startsAt, recipient, parties, language } = facts
  const zones = parties.map(({ zone }) => zone)
  return localWords(startsAt, recipient.zone, language, clocksDiffer(startsAt, zones))
}

/** What a template may say. The ones that join (`about`, `with`, `place`, `greeted`, `confirm`) bring their own words or nothing. */
const fields: ReadonlyMap<string, Words> = new Map<string, Words>([
  ['first_name', ({ recipient }) => clean(recipient.firstName)],
  ['last_name', ({ recipient }) => clean(recipient.lastName)],
  ['greeted', ({ recipient }) => withLead(' ', clean(recipient.firstName))],
  ['date', (facts) => local(facts).date],
  ['time', (facts) => local(facts).time],
  ['zone', (facts) => local(facts).zone],
  ['when', (facts) => local(facts).when],
  ['title', ({ title }) => clean(title)],
  ['about', ({ title }) => withLead(' (', clean(title), ')')],
  ['location', ({ location }) => clean(location)],
  ['place', ({ location, language }) => withLead(places[language], clean(location), '.')],
  ['other_name', otherName],
  ['with', (facts) => withLead(joined[facts.language], otherName(facts))],
  ['minutes', ({ durationMinutes }) => String(durationMinutes)],
  ['code', ({ code }) => code],
  ['confirm', ({ code, language }) => (code === null ? null : confirms[language].replace('{code}', code))],
])

export const appointmentFields: readonly string[] = [...fields.keys()]

/** Null when a template can be used. */
export function templateProblem(text: string): TemplateProblem | null {
  const reading = parseTemplate(text)
  if (!reading.ok) return reading.problem
  return unknownField(reading.template, new Set(appointmentFields))
}

/** The text for one recipient, in the recipient's own time. */
export function appointmentText(template: string, facts: TextFacts): RenderedText {
  const reading = parseTemplate(template)
  if (!reading.ok) return { ok: false, reason: 'body_empty' }
  return renderTemplate(reading.template, null, (field) => fields.get(field)?.(facts) ?? null)
}
