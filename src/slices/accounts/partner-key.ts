import type { AccountId, ApiKeyId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { findApiKeyLocked } from './store/api-keys.js'

export type PartnerKeyRefusal = 'not-found' | 'runs-anything'

/** Locks a key whose list of operations is to change; why it may not when it is none of a partner's. */
export async function refusePartnerKey(
  tx: Tx,
  accountId: AccountId,
  apiKeyId: ApiKeyId,
): Promise<PartnerKeyRefusal | null> {
  const key = await findApiKeyLocked(tx, accountId, apiKeyId)
  if (key === null) return 'not-found'
  return key.operationsOnly ? null : 'runs-anything'
}
