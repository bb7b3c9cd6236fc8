import type { Db } from '../../platform/db/data-source.js'
import { toStorable, type IncomingEvent } from './domain/storable.js'
import { insertEvents } from './store/inbox-rows.js'

/**
 * Stores events that were looked up at the provider instead of posted by it, next to those that arrived. Returns how many
 * of them nobody had seen: what was lost on the way.
 */
export async function storeFound(db: Db, events: readonly IncomingEvent[]): Promise<{ missed: number }> {
  if (events.length === 0) return { missed: 0 }
  return { missed: await insertEvents(db, events.map(toStorable)) }
}
