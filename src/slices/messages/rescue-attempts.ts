import type { AccountId } from '../../kernel/ids.js'
import { visitEach } from '../../kernel/visit-each.js'
import { settleAttempts, type SettleDeps } from './settle-attempts.js'
import { overdueAttempts } from './store/open-attempts.js'

export interface RescueOptions {
  /** How far clocks may differ (ε), on top of the moment at which no call may begin any more. */
  clockSkewMs: number
  /** How long a call may take once begun. */
  callTimeoutMs: number
  limit: number
}

/**
 * Attempts whose worker has not reported within the life of its credential become `unknown`: the text may have left, so
 * the hold stays and nobody sends it again. A worker that was only slow may still report; its evidence counts then.
 */
export async function rescueAttempts(deps: SettleDeps, options: RescueOptions): Promise<{ rescued: number }> {
  const before = deps.clock
    .now()
    .minus(options.clockSkewMs + options.callTimeoutMs)
    .toJSDate()
  const overdue = await overdueAttempts(deps.db, before, options.limit)
  let rescued = 0
  await visitEach([...groupByAccount(overdue)], async ([accountId, attemptIds]) => {
    const reports = attemptIds.map((attemptId) => ({
      attemptId,
      outcome: { kind: 'unknown' as const, reason: 'worker-lost' },
    }))
    rescued += (await settleAttempts(deps, accountId, reports, 'lease')).settled
  })
  return { rescued }
}

function groupByAccount(
  rows: readonly { accountId: AccountId; attemptId: string }[],
): Map<AccountId, string[]> {
  const groups = new Map<AccountId, string[]>()
  for (const row of rows) {
    const group = groups.get(row.accountId)
    if (group === undefined) groups.set(row.accountId, [row.attemptId])
    else group.push(row.attemptId)
  }
  return groups
}
