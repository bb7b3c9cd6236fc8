import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { classifyFailure } from '../carrier/index.js'
import { markUnreachable } from '../contacts/index.js'

/** Numbers that the failure table says cannot take texts, from refused calls and from delivery reports alike. */
export async function markFailedNumbers(
  tx: Tx,
  accountId: AccountId,
  failures: readonly { phone: string; code: number | null }[],
  at: Date,
): Promise<void> {
  const numbers = failures.flatMap(({ phone, code }) => {
    if (code === null) return []
    const rule = classifyFailure({ moment: 'delivery', code })
    return rule.suppressNumber ? [{ phone, code, words: rule.words }] : []
  })
  await markUnreachable(tx, accountId, numbers, at)
}
