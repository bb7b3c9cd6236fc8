import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { announcePlatform } from './announce-platform.js'
import { setPlatformStop } from './store/controls.js'

/** The kill switch of everything: no claim or authorisation of any account passes once this has returned. */
export async function stopPlatform(deps: AccountsDeps, reason: string): Promise<void> {
  await inTransaction(deps.db, { name: 'accounts.stopPlatform' }, (tx) => setPlatformStop(tx, reason))
  await announcePlatform(deps, 'platform_stopped')
}
