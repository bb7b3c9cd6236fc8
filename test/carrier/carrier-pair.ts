import { systemClock } from '../../src/kernel/clock.js'
import { newId, type AttemptId } from '../../src/kernel/ids.js'
import { localAccount, type LocalCarrierOptions } from '../../src/local/carrier/options.js'
import { startLocalCarrier, type LocalCarrier } from '../../src/local/carrier/start-local-carrier.js'
import {
  createCarrier,
  type Carrier,
  type CarrierConfig,
  type CarrierDeps,
  type SendInput,
  type SendOutcome,
} from '../../src/slices/carrier/index.js'

export const sender = '+15005550006'

export const oauthFence = {
  kind: 'oauth',
  clientId: localAccount.oauthClientId,
  clientSecret: localAccount.oauthClientSecret,
  ttlMs: 60_000,
  renewEveryMs: 20_000,
} as const

export function carrierFor(
  url: string,
  config: Partial<CarrierConfig> = {},
  deps: Partial<CarrierDeps> = {},
): Carrier {
  return createCarrier(
    {
      accountSid: localAccount.accountSid,
      authToken: localAccount.authToken,
      baseUrl: url,
      from: sender,
      statusCallbackBase: 'http://127.0.0.1:9',
      requestTimeoutMs: 5_000,
      connections: 10,
      fence: { kind: 'none', ttlMs: 60_000 },
      ...config,
    },
    { clock: systemClock, ...deps },
  )
}

export interface CarrierPair {
  local: LocalCarrier
  carrier: Carrier
  stop(): Promise<void>
}

/** The real adapter and the local carrier, over real HTTP on the loopback interface. */
export async function startPair(
  options: LocalCarrierOptions = {},
  config: Partial<CarrierConfig> = {},
): Promise<CarrierPair> {
  const local = await startLocalCarrier({ seed: 7, ...options })
  const carrier = carrierFor(local.url, config)
  return {
    local,
    carrier,
    stop: async () => {
      await local.stop()
      await carrier.close()
    },
  }
}

export async function sendOne(carrier: Carrier, input: Partial<SendInput> = {}): Promise<SendOutcome> {
  return carrier.send({
    attemptId: newId<AttemptId>(),
    to: '+14155550100',
    body: 'Your appointment is tomorrow at 9.',
    sender,
    validityPeriodSeconds: 3_600,
    credential: input.credential ?? (await carrier.mintCredential()),
    ...input,
  })
}
