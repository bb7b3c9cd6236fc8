import type { Db } from '../../platform/db/data-source.js'
import { endable } from '../../platform/realtime/endable.js'
import type { EventListener } from '../../platform/realtime/event-listener.js'
import { BREACHES_FOLLOWED, breachRowsAfter, lastBreachId, type Breach } from './store/breach-rows.js'

const PAGE_SIZE = 200
/** A wake-up can be lost with its connection; nobody waits for it longer than this. */
const POLL_MS = 2_000

/**
 * Each breach after an id, of accounts and of the platform, once and in the order in which they were found, for as long as
 * somebody reads; from now on when no id is given. For administrators. The rows are the truth, a wake-up only a hint.
 */
export async function liveBreaches(
  deps: { db: Db; listener: EventListener },
  afterId: string | null,
): Promise<AsyncGenerator<Breach, void, undefined>> {
  const after = afterId ?? (await lastBreachId(deps.db))
  return endable((signal) => readOn(deps, after, signal))
}

async function* readOn(
  { db, listener }: { db: Db; listener: EventListener },
  afterId: string,
  signal: AbortSignal,
): AsyncGenerator<Breach, void, undefined> {
  let seen = afterId
  while (!signal.aborted) {
    const woken = listener.wait(BREACHES_FOLLOWED, POLL_MS, signal)
    const breaches = await breachRowsAfter(db, seen, PAGE_SIZE)
    for (const breach of breaches) {
      seen = breach.id
      yield breach
    }
    if (breaches.length < PAGE_SIZE) await woken
  }
}
