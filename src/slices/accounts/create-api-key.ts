import type { DateTime } from 'luxon'
import { newId, type AccountId, type ApiKeyId, type UserId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { apiKeyLifetimeDaysMax } from './domain/session-lifetime.js'
import { newApiKey, secretHash } from './secrets.js'
import { insertKeyChange } from './store/account-changes.js'
import { countUsableApiKeys, insertApiKey, type ApiKeyRole } from './store/api-keys.js'

/** Enough for one key per integration and its successor; a bound on what a confused script can leave behind. */
const KEYS_MAX = 100

export interface NewApiKeyInput {
  accountId: AccountId
  createdBy: UserId
  name: string
  role: ApiKeyRole
  /** For partners: the key runs what is registered for it (`registerOperations`), and nothing else. */
  operationsOnly?: boolean
  expiresAt: DateTime | null
}

export type CreateApiKeyResult =
  | { ok: true; apiKeyId: ApiKeyId; key: string }
  | { ok: false; reason: 'expiry-out-of-range' | 'too-many-keys' }

/**
 * Makes an API key of this account. The full key is in this answer and nowhere else: the database keeps its prefix and
 * its hash. For rotation, make the new key, deploy it, then revoke the old one; both work in between. Refused when the
 * expiry is past or more than ten years away, or when the account has a hundred usable keys.
 */
export async function createApiKey(deps: AccountsDeps, input: NewApiKeyInput): Promise<CreateApiKeyResult> {
  const now = deps.clock.now()
  const { accountId, expiresAt } = input
  if (expiresAt !== null && (expiresAt <= now || expiresAt > now.plus({ days: apiKeyLifetimeDaysMax }))) {
    return { ok: false, reason: 'expiry-out-of-range' }
  }
  const { key, prefix } = newApiKey()
  const apiKeyId = newId<ApiKeyId>()
  return inTransaction(deps.db, { name: 'accounts.createApiKey', accountId }, async (tx) => {
    if ((await countUsableApiKeys(tx, accountId)) >= KEYS_MAX) return { ok: false, reason: 'too-many-keys' }
    await insertApiKey(tx, {
      ...input,
      operationsOnly: input.operationsOnly ?? false,
      id: apiKeyId,
      prefix,
      keyHash: secretHash(key),
      createdAt: now,
    })
    const done = { actor: `user:${input.createdBy}`, at: now.toJSDate() }
    await insertKeyChange(tx, accountId, { kind: 'key_created', apiKeyId, ...done })
    return { ok: true, apiKeyId, key }
  })
}
