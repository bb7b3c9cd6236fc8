import type { AccountId, ApiKeyId, UserId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { refusePartnerKey, type PartnerKeyRefusal } from './partner-key.js'
import { insertOperationChange } from './store/account-changes.js'
import { countRegistered, insertRegistered } from './store/registered-operations.js'

/** Enough for any integration; a bound on what one key can make the server keep. */
const OPERATIONS_MAX = 500

/** What a document is: one named operation that the schema answers, or why it is none. */
export type DocumentCheck = (document: string) => { ok: true; name: string } | { ok: false; problem: string }

export interface RegisterInput {
  accountId: AccountId
  apiKeyId: ApiKeyId
  registeredBy: UserId
  documents: readonly string[]
}

export type RegisterResult =
  | { ok: true }
  | { ok: false; reason: PartnerKeyRefusal | 'too-many-operations' }
  /** `place` counts from one. */
  | { ok: false; reason: 'unusable-document'; place: number; problem: string }

/**
 * Adds operations to what a partner's key may run: all of them or none. Each is a document with one named operation that is
 * valid now; the key asks for it by the SHA-256 of exactly this text. Registering again changes nothing. Refused for keys
 * that may run anything, since a list would protect nobody.
 */
export async function registerOperations(
  deps: AccountsDeps,
  check: DocumentCheck,
  input: RegisterInput,
): Promise<RegisterResult> {
  const { accountId, apiKeyId, registeredBy } = input
  const documents: { name: string; document: string }[] = []
  for (const [index, document] of input.documents.entries()) {
    const checked = check(document)
    if (!checked.ok)
      return { ok: false, reason: 'unusable-document', place: index + 1, problem: checked.problem }
    documents.push({ name: checked.name, document })
  }
  return inTransaction(deps.db, { name: 'accounts.registerOperations', accountId }, async (tx) => {
    const refusal = await refusePartnerKey(tx, accountId, apiKeyId)
    if (refusal !== null) return { ok: false, reason: refusal }
    if ((await countRegistered(tx, apiKeyId)) + documents.length > OPERATIONS_MAX)
      return { ok: false, reason: 'too-many-operations' }
    const at = deps.clock.now()
    const hashes = await insertRegistered(tx, { apiKeyId, documents, registeredBy, at })
    const done = { actor: `user:${registeredBy}`, at: at.toJSDate() }
    await insertOperationChange(tx, accountId, { kind: 'operation_registered', apiKeyId, hashes, ...done })
    return { ok: true }
  })
}
