import type { AccountId, ApiKeyId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { insertKeyChange } from './store/account-changes.js'
import { markRevoked } from './store/api-keys.js'

export type RevokeApiKeyResult = { ok: true } | { ok: false; reason: 'not-found' }

/** Ends a key for good; requests with it fail at once, its sockets end within five seconds. Safe to repeat. */
export async function revokeApiKey(
  deps: AccountsDeps,
  input: { accountId: AccountId; apiKeyId: ApiKeyId; actor?: string | undefined },
): Promise<RevokeApiKeyResult> {
  const { accountId, apiKeyId } = input
  return inTransaction(deps.db, { name: 'accounts.revokeApiKey', accountId }, async (tx) => {
    const done = { actor: input.actor ?? null, at: deps.clock.now().toJSDate() }
    await insertKeyChange(tx, accountId, { kind: 'key_revoked', apiKeyId, ...done })
    const found = await markRevoked(tx, accountId, apiKeyId, deps.clock.now())
    return found ? { ok: true } : { ok: false, reason: 'not-found' }
  })
}
