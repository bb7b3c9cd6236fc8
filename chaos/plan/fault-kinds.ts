/** What can be done to an installation, by track. A track does one thing after the other; tracks run side by side. */
export const weightedFaults = {
  /** Processes end without a word, or stand still for longer than a lease or a credential lives. */
  processes: [
    ['kill-worker', 5],
    ['kill-api', 2],
    ['stall-worker', 4],
    ['stall-api', 1],
  ],
  database: [
    ['restart-postgres', 2],
    ['terminate-backends', 2],
    ['lose-alarms', 1],
  ],
  network: [
    ['cut-carrier', 3],
    ['cut-database', 3],
    ['cut-api', 1],
  ],
  /** How the carrier answers. */
  carrier: [
    ['drops', 2],
    ['server-errors', 2],
    ['throttles', 2],
    ['slow', 1],
    ['broken-answers', 1],
    ['blind', 1],
    ['mixed', 2],
  ],
  /** How the carrier reports. */
  callbacks: [
    ['lost', 2],
    ['late', 2],
    ['doubled', 2],
    ['all-of-it', 2],
  ],
  users: [
    ['pause', 4],
    ['cancel', 1],
    ['revoke', 5],
    ['text-stop', 2],
    ['grant', 4],
    ['roll-back', 1],
    ['adjust', 1],
    ['refund', 1],
    ['lapse', 2],
    ['stop-account', 1],
    ['stop-platform', 1],
    ['test-message', 2],
  ],
} as const

export type Track = keyof typeof weightedFaults
export type FaultKind = (typeof weightedFaults)[Track][number][0]
export const tracks = Object.keys(weightedFaults) as Track[]

/** Seconds between the end of one and the start of the next, and how long one lasts; by track. */
export const pace: Readonly<Record<Track, { gap: [number, number]; lasts: [number, number] }>> = {
  processes: { gap: [2, 6], lasts: [1, 12] },
  database: { gap: [10, 20], lasts: [1, 3] },
  network: { gap: [3, 8], lasts: [1, 8] },
  carrier: { gap: [2, 6], lasts: [4, 12] },
  callbacks: { gap: [2, 6], lasts: [5, 15] },
  users: { gap: [1, 3], lasts: [1, 4] },
}
