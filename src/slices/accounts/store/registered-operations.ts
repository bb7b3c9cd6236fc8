import type { DateTime } from 'luxon'
import type { AccountId, ApiKeyId, UserId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'

export interface RegisteredOperation {
  /** SHA-256 of the document, in hexadecimal digits. */
  hash: string
  name: string
  document: string
  registeredAt: Date
}

export interface Registration {
  apiKeyId: ApiKeyId
  documents: readonly { name: string; document: string }[]
  registeredBy: UserId
  at: DateTime
}

/** What is registered already stays as it is. Returns the hashes of what is new. */
export async function insertRegistered(tx: Tx, registration: Registration): Promise<string[]> {
  const { apiKeyId, documents, registeredBy, at } = registration
  const rows = await tx.query<{ hash: string }>(
    `/* accounts.insertRegistered */
     insert into registered_operation (api_key_id, hash, name, document, registered_by, registered_at)
     select $1, encode(sha256(convert_to(document, 'UTF8')), 'hex'), name, document, $4, $5
     from unnest($2::text[], $3::text[]) as d (name, document)
     on conflict do nothing returning hash`,
    [
      apiKeyId,
      documents.map(({ name }) => name),
      documents.map(({ document }) => document),
      registeredBy,
      at.toJSDate(),
    ],
  )
  return rows.map(({ hash }) => hash)
}

export async function countRegistered(tx: Tx, apiKeyId: ApiKeyId): Promise<number> {
  const [row] = await tx.query<{ operations: number }>(
    `/* accounts.countRegistered */ select count(*)::int as operations from registered_operation where api_key_id = $1`,
    [apiKeyId],
  )
  return row?.operations ?? 0
}

/** Counted at the key when there was one, so that connections on which it may run are ended. */
export async function deleteRegistered(tx: Tx, apiKeyId: ApiKeyId, hash: string): Promise<void> {
  await tx.query(
    `/* accounts.deleteRegistered */
     with removed as (delete from registered_operation where api_key_id = $1 and hash = $2 returning api_key_id)
     update api_key set operations_removed = operations_removed + 1 where id in (select api_key_id from removed)`,
    [apiKeyId, hash],
  )
}

/** By name. */
export async function listRegistered(
  db: Db,
  accountId: AccountId,
  apiKeyIds: readonly string[],
): Promise<(RegisteredOperation & { apiKeyId: string })[]> {
  return readQuery(
    db,
    `/* accounts.listRegistered */
     select o.api_key_id as "apiKeyId", o.hash, o.name, o.document, o.registered_at as "registeredAt"
     from registered_operation o join api_key k on k.id = o.api_key_id
     where k.account_id = $1 and k.id = any ($2::uuid[]) order by o.name, o.hash`,
    [accountId, apiKeyIds],
  )
}

export async function findRegistered(db: Db, apiKeyId: ApiKeyId, hash: string): Promise<string | null> {
  const [row] = await readQuery<{ document: string }>(
    db,
    `/* accounts.findRegistered */ select document from registered_operation where api_key_id = $1 and hash = $2`,
    [apiKeyId, hash],
  )
  return row?.document ?? null
}
