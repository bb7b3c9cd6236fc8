import type { Carrier } from '../carrier/index.js'

/** What the sender's breaker means for claims: nothing is claimed that could not be posted. */
export interface OutageWatch {
  /** Claim as usual, one message as a probe, or nothing. */
  mayClaim(): 'yes' | 'probe' | 'no'
  /** The probe's call has ended, or there was nothing to probe with. */
  probed(): void
  /** Whether this lane has yet to be told that it must wait; a lane is told once, and again after its own probe failed. */
  isNews(lane: string): boolean
}

export function watchOutages(carrier: Pick<Carrier, 'callsAllowed'>, sender: string): OutageWatch {
  const told = new Set<string>()
  let isProbing = false
  return {
    mayClaim: () => {
      const allowed = carrier.callsAllowed(sender)
      if (allowed === Infinity) {
        told.clear()
        return 'yes'
      }
      if (allowed === 0 || isProbing) return 'no'
      isProbing = true
      told.clear()
      return 'probe'
    },
    probed: () => {
      isProbing = false
    },
    isNews: (lane) => {
      if (told.has(lane)) return false
      told.add(lane)
      return true
    },
  }
}
