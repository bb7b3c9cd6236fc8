import type { AccountId, ApiKeyId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { refusePartnerKey, type PartnerKeyRefusal } from './partner-key.js'
import { insertOperationChange } from './store/account-changes.js'
import { deleteRegistered } from './store/registered-operations.js'

export type UnregisterResult = { ok: true } | { ok: false; reason: PartnerKeyRefusal }

/**
 * Takes one operation from what a partner's key may run, by its hash; its next request for it is refused, and the sockets
 * of the key are ended with what runs on them. Safe to repeat.
 */
export async function unregisterOperation(
  deps: AccountsDeps,
  {
    accountId,
    apiKeyId,
    hash,
    actor,
  }: { accountId: AccountId; apiKeyId: ApiKeyId; hash: string; actor: string },
): Promise<UnregisterResult> {
  return inTransaction(deps.db, { name: 'accounts.unregisterOperation', accountId }, async (tx) => {
    const refusal = await refusePartnerKey(tx, accountId, apiKeyId)
    if (refusal !== null) return { ok: false, reason: refusal }
    const done = { actor, at: deps.clock.now().toJSDate() }
    await insertOperationChange(tx, accountId, {
      kind: 'operation_removed',
      apiKeyId,
      hashes: [hash],
      ...done,
    })
    await deleteRegistered(tx, apiKeyId, hash)
    return { ok: true }
  })
}
