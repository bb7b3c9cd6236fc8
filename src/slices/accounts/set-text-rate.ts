import type { AccountId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { changedSettings } from './domain/changed-settings.js'
import { insertSettingsChange } from './store/account-changes.js'
import { readSettings } from './store/accounts.js'
import { setSinglesPerHour } from './store/controls.js'

const PER_HOUR_MAX = 1_000_000

export type SetTextRateResult = { ok: true } | { ok: false; reason: 'not-found' | 'rate-out-of-range' }

/**
 * How many single texts (appointments, tests) an account sends within an hour; null for no limit. An administrator's to
 * set: it protects the senders that accounts share, and no stolen session of an owner lifts it. Refused out of range.
 */
export async function setTextRate(
  deps: AccountsDeps,
  input: { accountId: AccountId; perHour: number | null; actor?: string | undefined },
): Promise<SetTextRateResult> {
  const { accountId, perHour } = input
  const isInRange = perHour === null || (Number.isInteger(perHour) && perHour >= 1 && perHour <= PER_HOUR_MAX)
  if (!isInRange) return { ok: false, reason: 'rate-out-of-range' }
  return inTransaction(deps.db, { name: 'accounts.setTextRate', accountId }, async (tx) => {
    const before = await readSettings(tx, accountId)
    if (before === null) return { ok: false, reason: 'not-found' }
    await setSinglesPerHour(tx, accountId, perHour)
    const changed = changedSettings(before, (await readSettings(tx, accountId)) ?? before)
    const done = { actor: input.actor ?? null, at: deps.clock.now().toJSDate() }
    if (Object.keys(changed).length > 0) await insertSettingsChange(tx, accountId, { changed, ...done })
    return { ok: true }
  })
}
