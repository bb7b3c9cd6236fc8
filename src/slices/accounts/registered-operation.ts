import type { ApiKeyId } from '../../kernel/ids.js'
import type { AccountsDeps } from './accounts-deps.js'
import { findRegistered } from './store/registered-operations.js'

/** The document that was registered for this key under this hash, as it was registered; null when none was. */
export async function registeredOperation(
  deps: Pick<AccountsDeps, 'db'>,
  apiKeyId: ApiKeyId,
  hash: string,
): Promise<string | null> {
  return findRegistered(deps.db, apiKeyId, hash)
}
