import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'

export interface SealedSecret {
  endpointId: string
  sealed: Buffer
}

/** The present one first, then those that still sign. */
export async function readSecrets(
  db: Db,
  endpointIds: readonly string[],
  now: Date,
): Promise<SealedSecret[]> {
  return readQuery<SealedSecret>(
    db,
    `/* endpoints.readSecrets */
     select endpoint_id as "endpointId", sealed from webhook_secret
     where endpoint_id = any ($1::uuid[]) and (expires_at is null or expires_at > $2)
     order by endpoint_id, expires_at desc nulls first, id desc`,
    [endpointIds, now],
  )
}

/** The secret before signs until it expires; one that was rolled before that ends as it was to. */
export async function replaceSecret(
  tx: Tx,
  secret: { id: string; endpointId: string; sealed: Buffer; now: Date; oldExpiresAt: Date },
): Promise<void> {
  await tx.query(
    `/* endpoints.expireSecret */ update webhook_secret set expires_at = $2 where endpoint_id = $1 and expires_at is null`,
    [secret.endpointId, secret.oldExpiresAt],
  )
  await tx.query(
    `/* endpoints.insertSecret */ insert into webhook_secret (id, endpoint_id, sealed, created_at) values ($1, $2, $3, $4)`,
    [secret.id, secret.endpointId, secret.sealed, secret.now],
  )
}

export async function deleteSecrets(tx: Tx, endpointId: string): Promise<void> {
  await tx.query(`/* endpoints.deleteSecrets */ delete from webhook_secret where endpoint_id = $1`, [
    endpointId,
  ])
}

export async function countSigning(tx: Tx, endpointId: string, now: Date): Promise<number> {
  const [row] = await tx.query<{ secrets: number }>(
    `/* endpoints.countSigning */
     select count(*)::int as secrets from webhook_secret where endpoint_id = $1 and (expires_at is null or expires_at > $2)`,
    [endpointId, now],
  )
  return row?.secrets ?? 0
}
