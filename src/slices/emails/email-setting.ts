import type { AccountId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { EmailDeps } from './email-deps.js'
import { readEnabled, writeSetting } from './store/setting-rows.js'

export interface EmailSetting {
  enabled: boolean
  /** A mail server is set up. */
  isAvailable: boolean
}

export async function readEmailSetting(deps: EmailDeps, accountId: AccountId): Promise<EmailSetting> {
  return { enabled: await readEnabled(deps.db, accountId), isAvailable: deps.mailer !== null }
}

/**
 * Switches e-mails in place of texts on or off for an account; off unless somebody does. On begins with texts that end from
 * now on. Off withholds what waits. Refuses to switch on where no mail server is set up.
 */
export async function setEmailFallback(
  deps: EmailDeps,
  accountId: AccountId,
  change: { enabled: boolean; actor: string },
): Promise<{ ok: true; setting: EmailSetting } | { ok: false; reason: 'no-mail-server' }> {
  const { enabled, actor } = change
  if (enabled && deps.mailer === null) return { ok: false, reason: 'no-mail-server' }
  await inTransaction(deps.db, { name: 'emails.set', accountId }, async (tx) => {
    await writeSetting(tx, accountId, enabled, { actor, now: deps.clock.now().toJSDate() })
    await appendEvent(tx, {
      accountId,
      topic: 'account',
      payload: { kind: 'email_fallback_changed', enabled },
    })
  })
  return { ok: true, setting: { enabled, isAvailable: deps.mailer !== null } }
}
