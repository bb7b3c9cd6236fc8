import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { setFenceProved } from './store/controls.js'

/**
 * Records whether the carrier was just shown to refuse requests that arrive after their credential has died. Without the
 * proof every claim works under policy P0 from the next one on, whatever its account chose.
 */
export async function recordFence(deps: Pick<AccountsDeps, 'db' | 'clock'>, proved: boolean): Promise<void> {
  const provedAt = proved ? deps.clock.now().toJSDate() : null
  await inTransaction(deps.db, { name: 'accounts.recordFence' }, (tx) => setFenceProved(tx, provedAt))
}
