import { mergeStatus, statusRank, type DeliveryStatus } from '../carrier/index.js'

/** A delivery status as a callback or a look-up gave it. */
export interface DeliveryFact {
  status: DeliveryStatus
  errorCode: number | null
}

export interface DeliveryMove extends DeliveryFact {
  /** What clients are told, when the meaning has changed. */
  event: 'delivered' | 'undelivered' | 'failed' | null
  /** The carrier does not bill it, so neither do we. */
  refund: boolean
  /** What was given back is billed after all. */
  charge: boolean
}

/** Statuses with a meaning for the customer. `sent` has none: some networks never report more. */
const meanings: Partial<Record<DeliveryStatus, NonNullable<DeliveryMove['event']>>> = {
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'undelivered',
  failed: 'failed',
  canceled: 'failed',
}

/**
 * Where reports of one message move its delivery; null when they say nothing new. Only forward, and the same for every
 * order and number of the same reports: the strongest status wins, and of equal ones the larger code.
 *
 * Refund matrix: `failed` and `canceled` never left the carrier, which does not bill them, so the capture is given
 * back. `sent` and `undelivered` are billed and stay charged. A report that comes after a stronger one moves nothing; a
 * stronger one that comes after `failed` is of a text that left, which is charged again.
 */
export function decideDelivery(
  current: DeliveryFact | null,
  reports: readonly DeliveryFact[],
): DeliveryMove | null {
  let best = current
  for (const report of reports) best = stronger(best, report)
  if (best === null || (best.status === current?.status && best.errorCode === current.errorCode)) return null
  const before = current === null ? null : (meanings[current.status] ?? null)
  const after = meanings[best.status] ?? null
  const changed = before !== after
  return {
    ...best,
    event: changed ? after : null,
    refund: changed && after === 'failed',
    charge: changed && before === 'failed',
  }
}

function stronger(best: DeliveryFact | null, report: DeliveryFact): DeliveryFact {
  if (best === null || statusRank(report.status) > statusRank(best.status)) return report
  if (mergeStatus(best.status, report.status) !== report.status) return best
  return { status: best.status, errorCode: largerCode(best.errorCode, report.errorCode) }
}

function largerCode(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other
  return Math.max(one, other)
}
