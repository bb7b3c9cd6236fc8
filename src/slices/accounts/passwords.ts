import argon2 from 'argon2'
import pLimit from 'p-limit'

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const parameters = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Each hash takes 19 MiB and a thread for some hundredths of a second; more at once would only starve the rest. */
const atOnce = pLimit(4)
const QUEUE_MAX = 200

/** The hash of a password that nobody has, with today's parameters: what an unknown e-mail is compared with. */
let nobody: Promise<string> | undefined

export function hashPassword(password: string): Promise<string> {
  return atOnce(() => argon2.hash(password, parameters))
}

/** True when so many passwords wait already that another would only wait in vain: whoever brings one asks this first. */
export function passwordQueueIsFull(): boolean {
  return atOnce.pendingCount >= QUEUE_MAX
}

/** Takes the same time whether or not there is a hash to compare with, so that timing does not tell who has an account. */
export async function verifyPassword(hash: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword('nobody has this password')
  const compared = hash ?? (await nobody)
  const matches = await atOnce(() => argon2.verify(compared, password))
  return hash !== null && matches
}
