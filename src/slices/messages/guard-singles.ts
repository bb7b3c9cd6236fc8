import type { AccountId } from '../../kernel/ids.js'
import type { Clock } from '../../kernel/clock.js'
import type { Db } from '../../platform/db/data-source.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { judgeSingles, runawayRules } from './domain/runaway-rules.js'
import { lowestIdAt } from './domain/time-ordered-id.js'
import { recordGuard } from './record-guard.js'
import { readGuard, readSinglesCredits, readSinglesSince, writeSinglesHeld } from './store/guard-rows.js'

const HOURS_OF_WEEK = 7 * 24

/**
 * The runaway guard. Looks at an account's single texts of the last hour, those that wait among them, before each claim
 * of them, and holds them all when a rule is broken: a program in a loop, or numbers that somebody is paid for. Whoever owns
 * the account approves, and is not asked again for a day. Returns whether the lane may go on.
 *
 * Read outside of the claim's transaction: the rules tell loops from work, not one text from the next.
 */
export async function guardSingles(deps: { db: Db; clock: Clock }, accountId: AccountId): Promise<boolean> {
  const now = deps.clock.now()
  const guard = await readGuard(deps.db, accountId, now.toJSDate())
  if (guard.isHeld) return false
  if (guard.isApproved) return true
  const hourAgo = lowestIdAt(now.minus({ hours: 1 }).toJSDate())
  const seen = await readSinglesSince(deps.db, accountId, hourAgo, now.toJSDate())
  const weekAgo = lowestIdAt(now.minus({ hours: HOURS_OF_WEEK + 1 }).toJSDate())
  const average =
    seen.credits <= runawayRules.spendFloor
      ? 0
      : (await readSinglesCredits(deps.db, accountId, weekAgo, hourAgo)) / HOURS_OF_WEEK
  const rule = judgeSingles(seen, average)
  if (rule === null) return true
  await inTransaction(deps.db, { name: 'messages.holdSingles', accountId }, async (tx) => {
    const facts = { rule, ...seen, averageCredits: Math.round(average) }
    if (!(await writeSinglesHeld(tx, accountId, facts, now.toJSDate()))) return
    await recordGuard(tx, {
      accountId,
      campaignId: null,
      kind: 'held',
      rule,
      seen: facts,
      actor: 'system',
      reason: null,
    })
  })
  return false
}
