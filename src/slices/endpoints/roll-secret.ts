import { newId, type AccountId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { ROLL_OVERLAP_MS } from './domain/limits.js'
import type { EndpointDeps } from './endpoint-deps.js'
import { newWebhookSecret } from './seal-secret.js'
import { insertEndpointChange, lockEndpoint } from './store/endpoint-rows.js'
import { countSigning, replaceSecret } from './store/secret-rows.js'

/** Each signs every call; more of them are somebody's runaway script. */
const SIGNING_MAX = 5

export type RollSecretResult =
  | { ok: true; secret: string; oldSignsUntil: Date }
  | { ok: false; reason: 'not-found' | 'rolled-too-often' | 'no-installation-secret' }

/**
 * Gives an endpoint another secret, which is in this answer and nowhere else. The one before goes on signing beside it for a day,
 * so that the receiver can change over without losing a call.
 */
export async function rollSecret(
  { db, clock, webhookVault }: EndpointDeps,
  accountId: AccountId,
  { endpointId, actor }: { endpointId: string; actor: string },
): Promise<RollSecretResult> {
  if (webhookVault === null) return { ok: false, reason: 'no-installation-secret' }
  const secret = newWebhookSecret()
  const sealed = webhookVault.seal(endpointId, secret)
  return inTransaction(db, { name: 'endpoints.roll', accountId }, async (tx): Promise<RollSecretResult> => {
    const endpoint = await lockEndpoint(tx, accountId, endpointId)
    if (endpoint === null) return { ok: false, reason: 'not-found' }
    const now = clock.now().toJSDate()
    if ((await countSigning(tx, endpointId, now)) >= SIGNING_MAX)
      return { ok: false, reason: 'rolled-too-often' }
    const oldSignsUntil = new Date(now.getTime() + ROLL_OVERLAP_MS)
    await replaceSecret(tx, { id: newId(), endpointId, sealed, now, oldExpiresAt: oldSignsUntil })
    await insertEndpointChange(tx, endpoint, { kind: 'webhook_secret_rolled', actor, details: {}, at: now })
    return { ok: true, secret, oldSignsUntil }
  })
}
