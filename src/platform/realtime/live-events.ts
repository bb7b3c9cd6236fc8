import type { Db } from '../db/data-source.js'
import { endable } from './endable.js'
import type { EventListener } from './event-listener.js'
import { lastSeq, readEvents, type AccountEvent, type EventTopic } from './event-log.js'

export interface LiveEventsInput {
  db: Db
  listener: EventListener
  accountId: string
  /** Events with a higher sequence number are sent. 0 begins with the first event that there is. */
  afterSeq: number
  topics?: readonly EventTopic[]
  campaignId?: string
}

const PAGE_SIZE = 200
/** A wake-up can be lost with its connection; nobody waits for it longer than this. */
const POLL_MS = 2_000

/**
 * Every event of an account after a sequence number, once and in order, for as long as somebody reads. The log is the
 * truth and the wake-up only a hint, so it does not matter which process wrote an event, or whether a connection was lost.
 * A slow reader delays nobody: the next page is read when it asks for more.
 */
export function liveEvents(input: LiveEventsInput): AsyncGenerator<AccountEvent, void, undefined> {
  return endable((signal) => readOn(input, signal))
}

async function* readOn(
  input: LiveEventsInput,
  signal: AbortSignal,
): AsyncGenerator<AccountEvent, void, undefined> {
  const { db, listener, accountId, topics, campaignId } = input
  const isFiltered = topics !== undefined || campaignId !== undefined
  let afterSeq = input.afterSeq
  let wakeUps = 0
  const unsubscribe = listener.subscribe((wokenAccount) => {
    if (wokenAccount === accountId) wakeUps += 1
  })
  try {
    while (!signal.aborted) {
      const heard = wakeUps
      // Read before the page, so that everything up to it is in the page or was filtered out and is not read again.
      const newest = isFiltered ? await lastSeq(db, accountId) : 0
      const events = await readEvents(db, {
        accountId,
        afterSeq,
        limit: PAGE_SIZE,
        ...(topics === undefined ? {} : { topics }),
        ...(campaignId === undefined ? {} : { campaignId }),
      })
      for (const event of events) {
        afterSeq = event.seq
        yield event
      }
      if (events.length === PAGE_SIZE) continue
      afterSeq = Math.max(afterSeq, newest)
      // A wake-up that came while the page was read or sent is not waited for again.
      if (wakeUps === heard) await listener.wait(accountId, POLL_MS, signal)
    }
  } finally {
    unsubscribe()
  }
}
