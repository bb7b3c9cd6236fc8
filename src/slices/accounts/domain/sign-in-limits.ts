import type { UserId } from '../../../kernel/ids.js'
import { clientNetwork } from './client-network.js'

/** How many attempts one source may make in one window, before attempts are refused unseen. */
export const attemptWindowMinutes = 15

export interface ThrottleBucket {
  readonly bucket: string
  readonly attemptsMax: number
}

/**
 * Three views of one attempt, narrowest source first: an attempt that one of them refuses is not counted in the next, so
 * that nobody fills a wider one alone. The address bounds guessing over many e-mails; the pair is tight, because honest
 * people mistype; the e-mail alone is wide: it takes many addresses to lock somebody out.
 */
export function signInBuckets(emailHash: string, clientAddress: string): readonly ThrottleBucket[] {
  const network = clientNetwork(clientAddress)
  return [
    { bucket: `address:${network}`, attemptsMax: 100 },
    { bucket: `pair:${emailHash}:${network}`, attemptsMax: 10 },
    { bucket: `email:${emailHash}`, attemptsMax: 50 },
  ]
}

/** A session left open must not be enough to guess its person's password; and each guess costs a hash. */
export function passwordChangeBucket(userId: UserId): ThrottleBucket {
  return { bucket: `change:${userId}`, attemptsMax: 10 }
}
