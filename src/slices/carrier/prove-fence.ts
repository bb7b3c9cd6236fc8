import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../../kernel/clock.js'
import { assertNoTransaction } from '../../platform/db/transaction.js'
import type { CarrierConfig, FenceProof } from './carrier-types.js'
import { causeOf, statusOf } from './read-messages.js'
import type { TwilioConnection } from './twilio/connect.js'

interface ProofDeps {
  config: CarrierConfig
  clock: Clock
  connection: TwilioConnection
}

/** How long past its expiry a token is first tried: the carrier's clock and ours need not agree to the second. */
const pastExpiryMs = 1_000

/**
 * Proves on the live account, without sending anything, that an expired token is refused: mints one, reads with it while
 * it is good, waits for its end, and reads again. Takes as long as a token lives. Without this proof nothing that
 * is unknown may ever be sent again.
 */
export async function proveFence(deps: ProofDeps): Promise<FenceProof> {
  assertNoTransaction()
  const { fence } = deps.config
  if (fence.kind === 'none') return failed('no-fence', 'The configuration names no fence.')
  const mintedAtMs = deps.clock.monotonicMs()
  const { clientId, clientSecret } = fence
  const token = await deps.connection.requestToken({ clientId, clientSecret }).catch(() => null)
  if (token === null) return failed('unavailable', 'The carrier issued no token.')
  const ttlMs = token.lifetimeMs ?? fence.ttlMs
  const valid = await readWith(deps, token.bearer)
  if (valid.status === null) return failed('unavailable', valid.cause)
  if (valid.status !== 200)
    return failed('valid-token-refused', `A fresh token was answered with ${String(valid.status)}.`)
  await pause(Math.max(0, ttlMs + pastExpiryMs - (deps.clock.monotonicMs() - mintedAtMs)))
  const expired = await readWith(deps, token.bearer)
  if (expired.status === null) return failed('unavailable', expired.cause)
  if (expired.status !== 401) {
    return failed('expired-token-accepted', `An expired token was answered with ${String(expired.status)}.`)
  }
  return { proved: true, ttlMs, validStatus: valid.status, expiredStatus: expired.status }
}

async function readWith(deps: ProofDeps, bearer: string): Promise<{ status: number | null; cause: string }> {
  try {
    await deps.connection.read(`Bearer ${bearer}`).account.messages.page({ pageSize: 1 })
    return { status: 200, cause: '' }
  } catch (error) {
    return { status: statusOf(error), cause: causeOf(error) }
  }
}

function failed(reason: Extract<FenceProof, { proved: false }>['reason'], detail: string): FenceProof {
  return { proved: false, reason, detail }
}
