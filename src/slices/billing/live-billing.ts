import type { AccountId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import type { EventListener } from '../../platform/realtime/event-listener.js'
import type { AccountEvent } from '../../platform/realtime/event-log.js'
import { liveEvents } from '../../platform/realtime/live-events.js'

/** Every event of the account's money after a sequence number, once and in order. */
export function liveBilling(
  deps: { db: Db; events: EventListener },
  accountId: AccountId,
  afterSeq: number,
): AsyncGenerator<AccountEvent, void, undefined> {
  return liveEvents({ db: deps.db, listener: deps.events, accountId, afterSeq, topics: ['billing'] })
}

/** What an event is about: the one id in it. */
export function subjectOf(payload: Readonly<Record<string, unknown>>): string | null {
  const names = ['orderId', 'paymentId', 'invoiceId', 'subscriptionId', 'topUpId', 'purchaseId']
  const id = names.map((name) => payload[name]).find((value) => typeof value === 'string')
  return typeof id === 'string' ? id : null
}
