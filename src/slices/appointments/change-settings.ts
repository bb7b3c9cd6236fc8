import type { TemplateProblem } from '../../kernel/parse-template.js'
import { tidyTemplate } from '../../kernel/parse-template.js'
import { actorText } from '../../platform/access/viewer.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { BookingDeps, Caller } from './appointment-deps.js'
import { templateProblem } from './domain/appointment-text.js'
import type { PartyRole } from './domain/appointment-state.js'
import type { Language } from './domain/notification-context.js'
import { areOffsets, type NotificationSettings } from './domain/settings.js'
import { readSettings, writeSettings } from './store/settings.js'

export interface SettingsChange {
  /** Whom these contexts go to; nobody switches one off. The others stay as they are. */
  roles?: readonly { context: string; roles: readonly PartyRole[] }[]
  offsets?: readonly number[]
  language?: Language
  asksConfirmation?: boolean
  /** Own words; null takes ours again. */
  templates?: readonly { context: string; language: Language; template: string | null }[]
}

export type ChangeSettingsResult =
  | { ok: true; settings: NotificationSettings }
  | { ok: false; reason: 'context-unknown' | 'offsets-unusable' }
  | { ok: false; reason: 'template-invalid'; problem: TemplateProblem }

/**
 * Changes what an account wants told. Offsets hold for what is planned from now on; what is switched off is not sent any
 * more, also when it was planned before. Refuses templates with fields that no appointment has.
 */
export async function changeSettings(
  deps: BookingDeps,
  caller: Caller,
  change: SettingsChange,
): Promise<ChangeSettingsResult> {
  const { accountId } = caller
  const named = [...(change.roles ?? []), ...(change.templates ?? [])].map(({ context }) => context)
  if (named.some((context) => !Object.hasOwn(deps.contexts, context)))
    return { ok: false, reason: 'context-unknown' }
  if (change.offsets !== undefined && !areOffsets(change.offsets))
    return { ok: false, reason: 'offsets-unusable' }
  for (const { template } of change.templates ?? []) {
    const problem = template === null ? null : templateProblem(tidyTemplate(template))
    if (problem !== null) return { ok: false, reason: 'template-invalid', problem }
  }
  return inTransaction(deps.db, { name: 'appointments.changeSettings', accountId }, async (tx) => {
    const settings = applied(await readSettings(tx, accountId), change)
    const actor = actorText(caller.actor)
    await writeSettings(tx, accountId, { settings, actor, now: deps.clock.now().toJSDate() })
    await appendEvent(tx, { accountId, topic: 'appointments', payload: { kind: 'settings' } })
    return { ok: true, settings }
  })
}

function applied(before: NotificationSettings, change: SettingsChange): NotificationSettings {
  const templates: Record<string, Partial<Record<Language, string>>> = { ...before.templates }
  for (const { context, language, template } of change.templates ?? []) {
    const others = Object.fromEntries(
      Object.entries(templates[context] ?? {}).filter(([known]) => known !== language),
    )
    templates[context] = template === null ? others : { ...others, [language]: tidyTemplate(template) }
  }
  return {
    roles: {
      ...before.roles,
      ...Object.fromEntries((change.roles ?? []).map(({ context, roles }) => [context, [...new Set(roles)]])),
    },
    offsets: change.offsets ?? before.offsets,
    language: change.language ?? before.language,
    asksConfirmation: change.asksConfirmation ?? before.asksConfirmation,
    templates,
  }
}
