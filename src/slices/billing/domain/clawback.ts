/** What Stripe says of one payment's money, each sum as it stands now and never as a change. Amounts in minor units. */
export interface MoneyBack {
  paidMinor: number
  refundedMinor: number
  disputedMinor: number
}

/**
 * How many of a purchase's credits are not the customer's any more: the share of the money that went back, rounded up.
 * A refund and a dispute of the same payment never take more than everything.
 */
export function clawbackTarget(credits: number, money: MoneyBack): number {
  const back = Math.min(money.refundedMinor + money.disputedMinor, money.paidMinor)
  if (back <= 0 || money.paidMinor <= 0) return 0
  // Whole numbers throughout: credits and amounts together may exceed what a double counts exactly.
  const exact = BigInt(credits) * BigInt(back)
  const paid = BigInt(money.paidMinor)
  return Number((exact + paid - 1n) / paid)
}

/** The words of Stripe for a refund that did not happen. Any other word, also one of tomorrow: the money is gone. */
const undone: ReadonlySet<string> = new Set(['failed', 'canceled'])

export function countsAsRefunded(status: string | null): boolean {
  return status === null || !undone.has(status)
}

export interface DisputeFacts {
  status: string
  amountMinor: number
  /** What the dispute moved on our balance: negative when withdrawn, positive when reinstated. */
  movedMinor: readonly number[]
}

/** Money that a dispute holds back now, judged by what moved and not by the words of its status. */
export function withdrawnMinor(dispute: DisputeFacts): number {
  const net = -dispute.movedMinor.reduce((sum, moved) => sum + moved, 0)
  return Math.min(Math.max(net, 0), dispute.amountMinor)
}

/** In these states nobody may come back to a dispute; `lost` may still be appealed, but holds nothing open for us. */
const closed: ReadonlySet<string> = new Set(['won', 'lost', 'warning_closed', 'prevented'])

/** The difference that a bank's fraud warning is listed as, until it is dealt with. */
export const FRAUD_WARNING = 'fraud-warning'

/** Open, or in a state that we do not know: both freeze sending. */
export function isDisputeOpen(dispute: Pick<DisputeFacts, 'status'>): boolean {
  return !closed.has(dispute.status)
}
