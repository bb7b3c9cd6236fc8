import type { AccountId, ApiKeyId, UserId } from '../../../kernel/ids.js'
import type { Tx } from '../../../platform/db/transaction.js'
import type { Role } from '../domain/role.js'

/** Who did it and when; null for the program itself. */
interface Done {
  actor: string | null
  at: Date
}

interface MemberChange extends Done {
  kind: 'member_added' | 'member_role_changed' | 'member_removed'
  userId: UserId
  /** Null for somebody who goes. */
  role: Role | null
}

/** Into the history that nobody changes any more, with the name as it is now. */
export async function insertMemberChange(tx: Tx, accountId: AccountId, change: MemberChange): Promise<void> {
  await tx.query(
    `/* accounts.insertMemberChange */ insert into account_change (account_id, kind, actor, details, at)
     select $1, $2, $3, jsonb_build_object('name', name, 'role', $5::text), $6 from app_user where id = $4`,
    [accountId, change.kind, change.actor, change.userId, change.role, change.at],
  )
}

/** Of a key that has just been made, or is about to be revoked; a key that is revoked already changes nothing. */
export async function insertKeyChange(
  tx: Tx,
  accountId: AccountId,
  change: Done & { kind: 'key_created' | 'key_revoked'; apiKeyId: ApiKeyId },
): Promise<void> {
  await tx.query(
    `/* accounts.insertKeyChange */ insert into account_change (account_id, kind, actor, details, at)
     select account_id, $2, $3, jsonb_build_object('name', name, 'role', role), $5 from api_key
     where account_id = $1 and id = $4 and revoked_at is null`,
    [accountId, change.kind, change.actor, change.apiKeyId, change.at],
  )
}

/** Operations of a partner's key that have just been registered, or are about to be taken away; others are no change. */
export async function insertOperationChange(
  tx: Tx,
  accountId: AccountId,
  change: Done & {
    kind: 'operation_registered' | 'operation_removed'
    apiKeyId: ApiKeyId
    hashes: readonly string[]
  },
): Promise<void> {
  await tx.query(
    `/* accounts.insertOperationChange */ insert into account_change (account_id, kind, actor, details, at)
     select k.account_id, $2, $3, jsonb_build_object('name', k.name, 'operation', o.name, 'hash', o.hash), $6
     from api_key k join registered_operation o on o.api_key_id = k.id
     where k.account_id = $1 and k.id = $4 and o.hash = any ($5::text[]) order by o.name, o.hash`,
    [accountId, change.kind, change.actor, change.apiKeyId, change.hashes, change.at],
  )
}

/** What changed from what to what. */
export async function insertSettingsChange(
  tx: Tx,
  accountId: AccountId,
  change: Done & { changed: Readonly<Record<string, string>> },
): Promise<void> {
  await tx.query(
    `/* accounts.insertSettingsChange */ insert into account_change (account_id, kind, actor, details, at)
     values ($1, 'settings_changed', $2, $3, $4)`,
    [accountId, change.actor, JSON.stringify({ of: 'account', ...change.changed }), change.at],
  )
}
