import type { Clock } from '../../kernel/clock.js'
import type { AccountId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { readHoursChange, type HoursChange, type HoursRefusal } from './domain/hours-change.js'
import { insertHoursEvent, lockAccountHours, writeHours, type AccountHours } from './store/hours-rows.js'

export type SetQuietHoursResult =
  { ok: true; hours: AccountHours } | { ok: false; reason: HoursRefusal | 'not-found' }

/**
 * Sets when an account's texts may go: its own windows (marketing only within the default), the days without marketing,
 * how many marketing texts one number gets within 24 hours. What is left out stays. Holds from the next claim on and is
 * kept in a history, so that "which hours held then?" has an answer. Refuses windows that cannot be.
 */
export async function setQuietHours(
  deps: { db: Db; clock: Clock },
  input: { accountId: AccountId; change: HoursChange; actor: string },
): Promise<SetQuietHoursResult> {
  const { accountId, actor } = input
  return inTransaction(deps.db, { name: 'messages.setQuietHours', accountId }, async (tx) => {
    const before = await lockAccountHours(tx, accountId)
    if (before === null) return { ok: false, reason: 'not-found' }
    const read = readHoursChange(before, input.change)
    if (!read.ok) return read
    await writeHours(tx, accountId, read.hours)
    const at = deps.clock.now().toJSDate()
    await insertHoursEvent(tx, { accountId, actor, reason: null, rules: read.hours, at })
    await appendEvent(tx, { accountId, topic: 'account', payload: { kind: 'quiet_hours' } })
    return read
  })
}
