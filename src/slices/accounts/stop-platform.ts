import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { announcePlatform } from './announce-platform.js'
import { setPlatformStop } from './store/controls.js'

/**
 * The kill switch of everything: no claim or authorisation of any account passes once this has returned. `actor` is who does
 * it, for the history; the program itself unless told.
 */
export async function stopPlatform(deps: AccountsDeps, reason: string, actor?: string): Promise<void> {
  await inTransaction(deps.db, { name: 'accounts.stopPlatform' }, (tx) =>
    setPlatformStop(tx, { reason, actor: actor ?? null }),
  )
  await announcePlatform(deps, 'platform_stopped')
}
