/** The carrier's status of an outbound message, from weakest to strongest evidence. */
export const deliveryStatuses = [
  'accepted',
  'scheduled',
  'queued',
  'sending',
  'sent',
  'canceled',
  'failed',
  'undelivered',
  'partially_delivered',
  'delivered',
  'read',
] as const
export type DeliveryStatus = (typeof deliveryStatuses)[number]

const ranks = Object.fromEntries(deliveryStatuses.map((status, rank) => [status, rank])) as Record<
  DeliveryStatus,
  number
>

/**
 * How strong the evidence is. Reports arrive late, twice and in any order, and carry no time; so a status only ever
 * moves to a higher rank. Ranks are total, with delivered above undelivered: the same reports in any order end alike.
 */
export function statusRank(status: DeliveryStatus): number {
  return ranks[status]
}

/** The stronger of the two; never goes backwards. */
export function mergeStatus(current: DeliveryStatus | null, reported: DeliveryStatus): DeliveryStatus {
  return current !== null && ranks[current] >= ranks[reported] ? current : reported
}

/** Null when the carrier reports a word we do not know: it is stored and changes nothing. */
export function parseStatus(text: string): DeliveryStatus | null {
  return Object.hasOwn(ranks, text) ? (text as DeliveryStatus) : null
}

const finalStatuses: ReadonlySet<DeliveryStatus> = new Set([
  'canceled',
  'failed',
  'undelivered',
  'partially_delivered',
  'delivered',
  'read',
])

/** Nothing more is expected. `sent` is not final, yet many networks never report more than it. */
export function isFinalStatus(status: DeliveryStatus): boolean {
  return finalStatuses.has(status)
}
