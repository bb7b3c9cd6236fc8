/** Where a lot of credits came from. Promotional credits are spent before paid ones of the same priority and expiry. */
export const lotSources = ['plan', 'purchase', 'promotion', 'adjustment'] as const
export type LotSource = (typeof lotSources)[number]

export interface CreditLot {
  lotNo: number
  source: LotSource
  amountCredits: number
  remainingCredits: number
  /** 0 is spent first, 100 last. */
  priority: number
  expiresAt: Date | null
  /** The payment, plan period or request that the lot came from; unique per account. */
  origin: string
  createdAt: Date
}

export const DEFAULT_LOT_PRIORITY = 50
export const LOT_CREDITS_MAX = 1_000_000_000
