import type { Clock } from '../../kernel/clock.js'
import type { AccountId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { insertHoursEvent, lockAccountHours, writeWaiver } from './store/hours-rows.js'

/**
 * Lifts quiet hours and the frequency cap of an account, or (with no waiver) puts them back. For accounts whose texts
 * reach no people: demonstrations, load tests, rehearsals. A decision of an administrator of the platform, kept with its
 * reason in a history that cannot be changed; holds from the next claim on, and texts that wait for the morning are looked
 * at again then. Refuses when there is no such account.
 */
export async function waiveQuietHours(
  deps: { db: Db; clock: Clock },
  input: { accountId: AccountId; waiver: string | null; actor: string },
): Promise<{ ok: true } | { ok: false; reason: 'not-found' }> {
  const { accountId, waiver, actor } = input
  return inTransaction(deps.db, { name: 'messages.waiveQuietHours', accountId }, async (tx) => {
    const before = await lockAccountHours(tx, accountId)
    if (before === null) return { ok: false, reason: 'not-found' }
    await writeWaiver(tx, accountId, waiver)
    const at = deps.clock.now().toJSDate()
    const rules = { ...before, rules: { ...before.rules, waiver } }
    await insertHoursEvent(tx, { accountId, actor, reason: waiver, rules, at })
    await appendEvent(tx, { accountId, topic: 'account', payload: { kind: 'quiet_hours' } })
    return { ok: true }
  })
}
