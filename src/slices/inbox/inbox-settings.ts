import type { AccountId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { InboxDeps } from './inbox-deps.js'
import {
  showSettings,
  writeSettings,
  type InboxSettings,
  type SettingsChange,
} from './store/account-facts.js'

export type { InboxSettings, SettingsChange } from './store/account-facts.js'

export type UpdateSettingsResult =
  | { ok: true; settings: InboxSettings }
  | { ok: false; reason: 'brand-name-unusable' | 'help-contact-unusable' | 'hours-out-of-bounds' }

const BRAND_MAX = 60
const CONTACT_MAX = 120
const HOURS_MAX = 168

export function readInboxSettings(deps: { db: Db }, accountId: AccountId): Promise<InboxSettings> {
  return showSettings(deps.db, accountId)
}

/**
 * How the account is named in automatic texts, whom people ask for help, the language, whether the carrier answers keywords by
 * itself, and the double opt-in. Refuses names that are empty or would make a text too long, and hours outside a week.
 */
export async function updateInboxSettings(
  deps: InboxDeps,
  accountId: AccountId,
  change: SettingsChange & { actor: string },
): Promise<UpdateSettingsResult> {
  const { actor, ...wanted } = change
  if (!isUsable(wanted.brandName, BRAND_MAX)) return { ok: false, reason: 'brand-name-unusable' }
  if (!isUsable(wanted.helpContact, CONTACT_MAX)) return { ok: false, reason: 'help-contact-unusable' }
  if (wanted.optInHours !== undefined && (wanted.optInHours < 1 || wanted.optInHours > HOURS_MAX))
    return { ok: false, reason: 'hours-out-of-bounds' }
  await inTransaction(deps.db, { name: 'inbox.updateSettings', accountId }, async (tx) => {
    await writeSettings(tx, accountId, wanted, { actor, now: deps.clock.now().toJSDate() })
    await appendEvent(tx, { accountId, topic: 'inbox', payload: { kind: 'settings_changed' } })
  })
  return { ok: true, settings: await showSettings(deps.db, accountId) }
}

function isUsable(text: string | null | undefined, max: number): boolean {
  return text == null || (text.trim() !== '' && text.length <= max && !/\p{Cc}/u.test(text))
}
