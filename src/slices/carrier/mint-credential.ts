import { assert } from '../../kernel/assert.js'
import type { Clock } from '../../kernel/clock.js'
import { AppError } from '../../kernel/errors.js'
import type { CarrierConfig, CarrierLogger, Credential } from './carrier-types.js'
import type { TwilioConnection } from './twilio/connect.js'

const marginMsMax = 2_000

export interface CredentialMint {
  mint(): Promise<Credential>
  /** The carrier refused it: the next mint fetches a new one. */
  discard(credential: Credential): void
}

interface MintDeps {
  config: CarrierConfig
  clock: Clock
  connection: TwilioConnection
  logger?: CarrierLogger | undefined
}

interface Minted {
  credential: Credential
  mintedAtMs: number
}

/**
 * Credentials with at least the request timeout and a margin left, minted before a message is authorised, since their
 * expiry becomes part of the committed intent. Kept and renewed ahead of time, so that a message seldom waits for one.
 * Throws `carrier.unavailable` (retry later) when no credential can be had; nothing may be authorised then.
 */
export function createCredentialMint(deps: MintDeps): CredentialMint {
  const { config, clock } = deps
  const { fence } = config
  const marginMs =
    config.credentialMarginMs ?? Math.min(marginMsMax, (fence.ttlMs - config.requestTimeoutMs) / 4)
  const renewEveryMs = fence.kind === 'oauth' ? fence.renewEveryMs : fence.ttlMs / 4
  assert(
    fence.ttlMs > config.requestTimeoutMs + marginMs,
    'a credential outlives the request timeout and its margin',
  )
  let current: Minted | null = null
  let pending: Promise<Minted> | null = null
  const renew = (): Promise<Minted> => {
    pending ??= (
      fence.kind === 'oauth' ? fetchToken(deps, marginMs) : Promise.resolve(localDeadline(deps, marginMs))
    )
      .then((minted) => (current = minted))
      .finally(() => (pending = null))
    return pending
  }
  const suffices = (minted: Minted) =>
    minted.credential.sendBeforeMs - clock.monotonicMs() >= config.requestTimeoutMs
  const renewAhead = () => {
    renew().catch((error: unknown) => {
      deps.logger?.warn(
        { event: 'carrier.credential.renewal-failed', cause: causeOf(error) },
        'credential not renewed',
      )
    })
  }
  return {
    mint: async () => {
      if (current !== null && suffices(current)) {
        if (pending === null && clock.monotonicMs() - current.mintedAtMs >= renewEveryMs) renewAhead()
        return current.credential
      }
      const minted = await renew()
      if (!suffices(minted)) throw unavailable('the carrier issues credentials that expire too soon', null)
      return minted.credential
    },
    discard: (credential) => {
      if (current?.credential === credential) current = null
    },
  }
}

/** Without a fence the deadline is our own: it keeps a slow process from sending late, and proves nothing. */
function localDeadline({ config, clock }: MintDeps, marginMs: number): Minted {
  const mintedAtMs = clock.monotonicMs()
  const notAfter = clock.now().plus({ milliseconds: config.fence.ttlMs }).toJSDate()
  const deadByMs = mintedAtMs + config.fence.ttlMs
  return { credential: { notAfter, deadByMs, sendBeforeMs: deadByMs - marginMs }, mintedAtMs }
}

/** The two clocks bound the true expiry from both sides: we stop before the earliest, and vouch only for the latest. */
async function fetchToken(deps: MintDeps, marginMs: number): Promise<Minted> {
  const { fence } = deps.config
  assert(fence.kind === 'oauth', 'a token is fetched only for the oauth fence')
  const { clientId, clientSecret } = fence
  const mintedAtMs = deps.clock.monotonicMs()
  const token = await deps.connection.requestToken({ clientId, clientSecret }).catch((error: unknown) => {
    throw unavailable('no credential from the carrier', error)
  })
  if (token === null) throw unavailable('the carrier answered without a credential', null)
  const lifetimeMs = token.lifetimeMs ?? fence.ttlMs
  const credential: Credential = {
    bearer: token.bearer,
    notAfter: deps.clock.now().plus({ milliseconds: lifetimeMs }).toJSDate(),
    deadByMs: deps.clock.monotonicMs() + lifetimeMs,
    sendBeforeMs: mintedAtMs + lifetimeMs - marginMs,
  }
  return { credential, mintedAtMs }
}

function unavailable(internalMessage: string, cause: unknown): AppError {
  return new AppError({
    code: 'carrier.unavailable',
    publicMessage: 'The carrier cannot be reached at the moment.',
    internalMessage,
    retry: 'later',
    cause,
  })
}

function causeOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown'
}
