import { createBreaker, type Breaker } from './breaker.js'
import type { Carrier, CarrierConfig, CarrierDeps } from './carrier-types.js'
import { createCredentialMint } from './mint-credential.js'
import { proveFence } from './prove-fence.js'
import { fetchBalance, fetchStatus, listMessagesFrom, listMessagesTo } from './read-messages.js'
import { sendMessage } from './send-message.js'
import { connectTwilio } from './twilio/connect.js'

/** Senders whose breaker is remembered; past this the one first seen is forgotten, and so counts as closed. */
const breakersMax = 1_000

/**
 * The carrier as the rest of the program sees it. Holds connections, one credential and a breaker for each sender; all
 * of it may be lost at any time without losing a message.
 */
export function createCarrier(given: CarrierConfig, deps: CarrierDeps): Carrier {
  const config = { ...given, statusCallbackBase: given.statusCallbackBase.replace(/\/+$/, '') }
  const { clock, logger } = deps
  const connection = connectTwilio(config, clock)
  const mint = createCredentialMint({ config, clock, connection, logger })
  const listeners: Parameters<Carrier['onBreakerChange']>[0][] = []
  const breakers = new Map<string, Breaker>()
  const breakerOf = (sender: string): Breaker => {
    const known = breakers.get(sender)
    if (known) return known
    const made = createBreaker(config.breaker)
    made.onChange((state) => {
      logger?.warn({ event: 'carrier.breaker.changed', state }, 'the breaker of a sender changed')
      for (const listener of listeners) listener(sender, state)
    })
    const oldest = breakers.size >= breakersMax ? breakers.keys().next().value : undefined
    if (oldest !== undefined) {
      breakers.get(oldest)?.stop()
      breakers.delete(oldest)
    }
    breakers.set(sender, made)
    return made
  }
  const sending = { config, clock, connection, mint, breakerOf }
  return {
    defaultSender: config.messagingServiceSid ?? config.from ?? null,
    mintCredential: () => mint.mint(),
    send: (input) => sendMessage(sending, input),
    fetchStatus: (sid) => fetchStatus({ clock, connection }, sid),
    listTo: (query) => listMessagesTo({ clock, connection }, query),
    listSent: (query) => listMessagesFrom({ clock, connection }, query),
    proveFence: () => proveFence({ config, clock, connection }),
    balance: () => fetchBalance({ clock, connection }),
    breakerState: (sender) => breakers.get(sender)?.state ?? 'closed',
    callsAllowed: (sender) => breakers.get(sender)?.callsAllowed ?? Infinity,
    onBreakerChange: (listener) => {
      listeners.push(listener)
    },
    close: () => {
      for (const breaker of breakers.values()) breaker.stop()
      return connection.close()
    },
  }
}
