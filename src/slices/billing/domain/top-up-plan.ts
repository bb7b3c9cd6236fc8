export interface TopUpSetting {
  enabled: boolean
  thresholdCredits: number
  mode: 'fixed' | 'target'
  /** To buy, or to reach. */
  credits: number
  monthlyCapMinor: number
  restUntil: Date
}

export interface TopUpFacts {
  setting: TopUpSetting | null
  availableCredits: number
  hasCard: boolean
  frozen: boolean
  openTopUp: boolean
  /** Charged and pending in this month. */
  committedMinor: number
  price: { credits: number; amountMinor: number } | null
  now: Date
}

export type TopUpPlan =
  | { start: true; credits: number; amountMinor: number }
  | { start: false; reason: NoTopUp; lookAgainAt: Date | null }

export type NoTopUp =
  'off' | 'not-low' | 'no-card' | 'frozen' | 'one-is-open' | 'resting' | 'cap-reached' | 'no-price'

/** Stripe charges no less than about half a dollar. */
export const TOP_UP_MINOR_MIN = 50
export const TOP_UP_CREDITS_MAX = 10_000_000
/** Whoever lifts a stop or lists a price tells nobody here, and the balance does not fall below the mark a second time. */
export const LOOK_AGAIN_MS = 600_000

/**
 * Whether to charge now, and how much. The amount is the price of whole credits, rounded up. What does not fit under
 * the month's cap is not charged in part: a smaller top-up than the customer chose is not what they chose.
 */
export function planTopUp(facts: TopUpFacts): TopUpPlan {
  const { setting, price } = facts
  if (setting?.enabled !== true) return no('off')
  if (facts.availableCredits >= setting.thresholdCredits) return no('not-low')
  if (facts.openTopUp) return no('one-is-open')
  if (!facts.hasCard) return no('no-card')
  const later = new Date(facts.now.getTime() + LOOK_AGAIN_MS)
  if (facts.frozen) return no('frozen', later)
  if (setting.restUntil > facts.now) return no('resting', setting.restUntil)
  if (price === null) return no('no-price', later)
  const credits = wantedCredits(setting, facts.availableCredits)
  const amountMinor = Math.max(TOP_UP_MINOR_MIN, priceOf(credits, price))
  if (facts.committedMinor + amountMinor > setting.monthlyCapMinor)
    return no('cap-reached', nextMonth(facts.now))
  return { start: true, credits, amountMinor }
}

export function priceOf(credits: number, price: { credits: number; amountMinor: number }): number {
  return Number(
    (BigInt(credits) * BigInt(price.amountMinor) + BigInt(price.credits) - 1n) / BigInt(price.credits),
  )
}

function wantedCredits(setting: TopUpSetting, available: number): number {
  const wanted = setting.mode === 'fixed' ? setting.credits : setting.credits - available
  return Math.min(wanted, TOP_UP_CREDITS_MAX)
}

function no(reason: NoTopUp, lookAgainAt: Date | null = null): TopUpPlan {
  return { start: false, reason, lookAgainAt }
}

/** The first day of the month in UTC, by which caps are counted. */
export function monthOf(now: Date): string {
  return `${now.toISOString().slice(0, 7)}-01`
}

function nextMonth(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1))
}
