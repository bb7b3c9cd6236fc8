import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { announcePlatform } from './announce-platform.js'
import { setPlatformStop } from './store/controls.js'

/** Takes the platform's stop back; stops of single accounts stay. */
export async function resumePlatform(deps: AccountsDeps, actor?: string): Promise<void> {
  await inTransaction(deps.db, { name: 'accounts.resumePlatform' }, (tx) =>
    setPlatformStop(tx, { reason: null, actor: actor ?? null }),
  )
  await announcePlatform(deps, 'platform_resumed')
}
