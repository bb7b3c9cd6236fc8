import type { DateTime } from 'luxon'
import { trustId, type AccountId, type ApiKeyId, type UserId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'

export type ApiKeyRole = 'viewer' | 'operator'

export interface ApiKey {
  id: ApiKeyId
  name: string
  prefix: string
  role: ApiKeyRole
  operationsOnly: boolean
  createdAt: Date
  expiresAt: Date | null
  revokedAt: Date | null
  lastUsedAt: Date | null
}

interface ApiKeyRow {
  id: string
  name: string
  prefix: string
  role: ApiKeyRole
  operations_only: boolean
  created_at: Date
  expires_at: Date | null
  revoked_at: Date | null
  last_used_at: Date | null
}

const columns = 'id, name, prefix, role, operations_only, created_at, expires_at, revoked_at, last_used_at'

function toApiKey(row: ApiKeyRow): ApiKey {
  return {
    id: trustId(row.id),
    name: row.name,
    prefix: row.prefix,
    role: row.role,
    operationsOnly: row.operations_only,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
  }
}

export interface NewApiKey {
  id: ApiKeyId
  accountId: AccountId
  name: string
  prefix: string
  keyHash: Buffer
  role: ApiKeyRole
  operationsOnly: boolean
  createdBy: UserId
  createdAt: DateTime
  expiresAt: DateTime | null
}

export async function insertApiKey(tx: Tx, key: NewApiKey): Promise<void> {
  await tx.query(
    `/* accounts.insertApiKey */ insert into api_key
       (id, account_id, name, prefix, key_hash, role, created_by, created_at, expires_at, operations_only)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      key.id,
      key.accountId,
      key.name,
      key.prefix,
      key.keyHash,
      key.role,
      key.createdBy,
      key.createdAt.toJSDate(),
      key.expiresAt?.toJSDate() ?? null,
      key.operationsOnly,
    ],
  )
}

export async function countUsableApiKeys(tx: Tx, accountId: AccountId): Promise<number> {
  const [row] = await tx.query<{ keys: number }>(
    `/* accounts.countUsableApiKeys */ select count(*)::int as keys from api_key where account_id = $1 and revoked_at is null`,
    [accountId],
  )
  return row?.keys ?? 0
}

export async function findApiKey(db: Db, accountId: AccountId, apiKeyId: ApiKeyId): Promise<ApiKey | null> {
  const [row] = await readQuery<ApiKeyRow>(
    db,
    `/* accounts.findApiKey */ select ${columns} from api_key where account_id = $1 and id = $2`,
    [accountId, apiKeyId],
  )
  return row ? toApiKey(row) : null
}

/** Nobody else changes what belongs to this key meanwhile. */
export async function findApiKeyLocked(
  tx: Tx,
  accountId: AccountId,
  apiKeyId: ApiKeyId,
): Promise<ApiKey | null> {
  const [row] = await tx.query<ApiKeyRow>(
    `/* accounts.findApiKeyLocked */ select ${columns} from api_key where account_id = $1 and id = $2 for update`,
    [accountId, apiKeyId],
  )
  return row ? toApiKey(row) : null
}

export async function listApiKeysAfter(
  db: Db,
  accountId: AccountId,
  page: { limit: number; after: string | null },
): Promise<ApiKey[]> {
  const rows = await readQuery<ApiKeyRow>(
    db,
    `/* accounts.listApiKeys */ select ${columns} from api_key
     where account_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [accountId, page.after, page.limit],
  )
  return rows.map(toApiKey)
}

/** False when the account has no such key. Revoking again keeps the first time. */
export async function markRevoked(
  tx: Tx,
  accountId: AccountId,
  apiKeyId: ApiKeyId,
  now: DateTime,
): Promise<boolean> {
  const rows = await tx.query(
    `/* accounts.markRevoked */ update api_key set revoked_at = coalesce(revoked_at, $3)
     where account_id = $1 and id = $2 returning id`,
    [accountId, apiKeyId, now.toJSDate()],
  )
  return rows.length === 1
}

export interface UsableApiKeyRow {
  id: string
  account_id: string
  role: ApiKeyRole
  operations_only: boolean
  operations_removed: number
  key_hash: Buffer
  expires_at: Date | null
  last_used_at: Date | null
}

const usable = `
  select id, account_id, role, operations_only, operations_removed, key_hash, expires_at, last_used_at from api_key
  where revoked_at is null`

export async function findUsableByPrefix(
  db: Db,
  prefix: string,
  now: DateTime,
): Promise<UsableApiKeyRow | null> {
  const [row] = await readQuery<UsableApiKeyRow>(
    db,
    `/* accounts.findUsableByPrefix */ ${usable} and prefix = $1 and (expires_at is null or expires_at > $2)`,
    [prefix, now.toJSDate()],
  )
  return row ?? null
}

export async function findUsableApiKeys(
  db: Db,
  ids: readonly string[],
  now: DateTime,
): Promise<UsableApiKeyRow[]> {
  return readQuery<UsableApiKeyRow>(
    db,
    `/* accounts.findUsableApiKeys */ ${usable} and id = any ($1::uuid[]) and (expires_at is null or expires_at > $2)`,
    [ids, now.toJSDate()],
  )
}

/**
 * Writes nothing when somebody else has noted it since, or is about to: requests of one key that come together would only get
 * into each other's way.
 */
export async function markUsed(
  tx: Tx,
  apiKeyId: string,
  { now, unlessSince }: { now: DateTime; unlessSince: DateTime },
): Promise<void> {
  await tx.query(
    `/* accounts.markUsed */ update api_key set last_used_at = $2 where id = (
       select id from api_key where id = $1 and (last_used_at is null or last_used_at <= $3) for no key update skip locked)`,
    [apiKeyId, now.toJSDate(), unlessSince.toJSDate()],
  )
}
