import type { AccountId, ImportId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import type { EventListener } from '../../platform/realtime/event-listener.js'
import { liveSnapshots } from '../../platform/realtime/live-query.js'
import { getImport, type ContactImport } from './list-imports.js'

const MIN_INTERVAL_MS = 300

/** How far an import has come, and then each time that it has come further. Null for one that is not of this account. */
export function liveImport(
  deps: { db: Db; events: EventListener },
  accountId: AccountId,
  importId: ImportId,
): AsyncGenerator<ContactImport | null, void, undefined> {
  return liveSnapshots({
    listener: deps.events,
    accountId,
    key: `import:${accountId}:${importId}`,
    minIntervalMs: MIN_INTERVAL_MS,
    read: () => getImport(deps.db, accountId, importId),
  })
}
