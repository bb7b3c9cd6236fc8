import type { AccountId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import type { EventListener } from '../../platform/realtime/event-listener.js'
import { liveSnapshots } from '../../platform/realtime/live-query.js'
import { readBalance, type CreditBalance } from './store/balance.js'

/** Five a second at most: faster is more than people can read. */
const MIN_INTERVAL_MS = 200

/**
 * The balance now, and then each time that it differs. Everybody who follows the same account shares one read. Whoever has
 * the balance after transfer `afterSeq` hears nothing until there is a newer one.
 */
export function liveBalance(
  deps: { db: Db; events: EventListener },
  accountId: AccountId,
  afterSeq: number | null,
): AsyncGenerator<CreditBalance, void, undefined> {
  return liveSnapshots({
    listener: deps.events,
    accountId,
    key: `credit-balance:${accountId}`,
    minIntervalMs: MIN_INTERVAL_MS,
    read: () => readBalance(deps.db, accountId),
    ...(afterSeq === null ? {} : { isNews: (balance) => balance.seq > afterSeq }),
  })
}
