import type { Db } from '../../platform/db/data-source.js'
import { inboxStateOf, type InboxState } from './store/inbox-state.js'

export type { InboxState } from './store/inbox-state.js'

/** How a provider's events stand: what waits since when, what was set aside, when the last one came. */
export async function readInboxState(db: Db, provider: string): Promise<InboxState> {
  return inboxStateOf(db, provider)
}
