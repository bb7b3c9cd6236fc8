import { DateTime } from 'luxon'
import { tidyTemplate, type TemplateProblem } from '../../kernel/parse-template.js'
import type { AppointmentDeps, Caller } from './appointment-deps.js'
import { appointmentText, templateProblem, type TextFacts } from './domain/appointment-text.js'
import type { PartyRole } from './domain/appointment-state.js'
import type { Language } from './domain/notification-context.js'
import { isZone } from './domain/local-time.js'
import { templateFor } from './domain/settings.js'
import { findSettings } from './store/settings.js'

export interface PreviewInput {
  context: string
  language: Language
  role: PartyRole
  /** The words to try out; those that are in force unless said. */
  template?: string | null
  clientZone?: string | null
  coachZone?: string | null
}

export type PreviewResult =
  | { ok: true; body: string; segments: number; encoding: 'GSM-7' | 'UCS-2' }
  | { ok: false; reason: 'context-unknown' | 'zone-unknown' | 'text-unusable' }
  | { ok: false; reason: 'template-invalid'; problem: TemplateProblem }

/** An invented pair, whose names use nothing beyond the plain alphabet, so that the measure is that of the words. */
const people = {
  client: { firstName: 'Ana', lastName: 'Lee', zone: 'America/New_York' },
  coach: { firstName: 'Sam', lastName: 'Hill', zone: 'America/New_York' },
} as const

/** How a notification reads, for an invented appointment tomorrow. Stores and sends nothing. */
export async function previewNotification(
  deps: AppointmentDeps,
  caller: Caller,
  input: PreviewInput,
): Promise<PreviewResult> {
  if (!Object.hasOwn(deps.contexts, input.context)) return { ok: false, reason: 'context-unknown' }
  const zones = {
    client: input.clientZone ?? people.client.zone,
    coach: input.coachZone ?? people.coach.zone,
  }
  if (!isZone(zones.client) || !isZone(zones.coach)) return { ok: false, reason: 'zone-unknown' }
  const settings = await findSettings(deps.db, caller.accountId)
  const written = input.template == null ? null : tidyTemplate(input.template)
  const template = written ?? templateFor(deps.contexts, settings, input.context, input.language)
  if (template === null) return { ok: false, reason: 'text-unusable' }
  const problem = templateProblem(template)
  if (problem !== null) return { ok: false, reason: 'template-invalid', problem }
  const text = appointmentText(template, factsOf(deps, input, zones, settings.asksConfirmation))
  if (!text.ok) return { ok: false, reason: 'text-unusable' }
  const { encoding, segments } = deps.measureSegments(text.body)
  return { ok: true, body: text.body, segments, encoding }
}

function factsOf(
  deps: Pick<AppointmentDeps, 'clock' | 'contexts'>,
  input: PreviewInput,
  zones: Record<PartyRole, string>,
  asksConfirmation: boolean,
): TextFacts {
  const tomorrow = deps.clock.now().setZone(zones.coach).plus({ days: 1 }).startOf('hour')
  const party = (role: PartyRole) => ({ ...people[role], role, zone: zones[role] })
  const due = deps.contexts[input.context]?.due
  const isReminder = due !== undefined && 'before' in due
  return {
    startsAt: DateTime.fromMillis(tomorrow.toMillis()).toJSDate(),
    ...{ durationMinutes: 50, title: null, location: null },
    recipient: party(input.role),
    parties: [party('client'), party('coach')],
    language: input.language,
    code: asksConfirmation && isReminder && input.role === 'client' ? 'C1' : null,
  }
}
