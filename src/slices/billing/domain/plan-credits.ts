import { DateTime } from 'luxon'

/** A line of an invoice, in the few words that decide about credits. */
export interface InvoiceLine {
  id: string
  /** Null for anything that is no price of ours. */
  plan: PlanTerms | null
  amountMinor: number
  isSubscriptionLine: boolean
  proration: boolean
  periodStart: Date
  periodEnd: Date
}

/** What else of its invoice decides. */
export interface Bill {
  reason: string | null
  paidAt: Date | null
  /** The one that its subscription is in, as far as that is known. */
  period: { start: Date; end: Date } | null
}

export interface PlanTerms {
  code: string
  credits: number
  trialCredits: number
}

export interface LineGrant {
  lineId: string
  code: string
  credits: number
  periodEnd: Date
}

const HOUR_MS = 3_600_000
/** A renewal is charged about an hour after its invoice is made, and its webhooks may hold it up for three days. */
const GRACE_HOURS = 72

/** When credits of a period expire: late enough that what they are followed by has been paid. Null for a pack's. */
export function creditsExpireAt(periodEnd: Date | null): Date | null {
  return periodEnd === null ? null : new Date(periodEnd.getTime() + GRACE_HOURS * HOUR_MS)
}

/** Reasons for which a period of a plan is billed. */
const wholePeriod: ReadonlySet<string> = new Set(['subscription_create', 'subscription_cycle'])

/**
 * The lots that a paid invoice stands for, each with the end of its line's period. A line without an amount is a trial's.
 * A change of plan in mid-period grants what the new plan has more, for the time that is left; a change to a smaller
 * one takes nothing back; a whole period that a change bills is one as any. Any other reason, also one of tomorrow, grants nothing.
 */
export function grantsOf(bill: Bill, lines: readonly InvoiceLine[]): LineGrant[] {
  const { reason } = bill
  if (reason !== null && wholePeriod.has(reason)) return lines.flatMap((line) => periodGrant(bill, line))
  if (reason !== 'subscription_update') return []
  // A change of interval or anchor begins a new period at once, and bills it whole. Lines without an amount give nothing.
  const charged = lines.filter((line) => line.amountMinor > 0)
  return [...upgradeGrant(bill, lines), ...charged.flatMap((line) => periodGrant(bill, line))]
}

/** Whether a plan of ours was paid for and nothing came of it. An upgrade may be too small for one credit. */
export function isForNothing(bill: Bill, lines: readonly InvoiceLine[]): boolean {
  if (grantsOf(bill, lines).length > 0) return false
  const mayBeSmall = (line: InvoiceLine): boolean => bill.reason === 'subscription_update' && line.proration
  return lines.some((line) => line.plan !== null && line.amountMinor > 0 && !mayBeSmall(line))
}

/** A period that was paid after its own end lasts as long as it would have, from then on: its money was taken. */
function endOf({ paidAt }: Bill, { periodStart, periodEnd }: InvoiceLine): Date {
  if (paidAt === null || periodEnd > paidAt) return periodEnd
  return new Date(paidAt.getTime() + periodEnd.getTime() - periodStart.getTime())
}

function periodGrant(bill: Bill, line: InvoiceLine): LineGrant[] {
  if (line.plan === null || line.proration || !line.isSubscriptionLine) return []
  const credits = line.amountMinor === 0 ? line.plan.trialCredits : line.plan.credits
  if (credits === 0 || line.amountMinor < 0) return []
  return [{ lineId: line.id, code: line.plan.code, credits, periodEnd: endOf(bill, line) }]
}

function upgradeGrant(bill: Bill, lines: readonly InvoiceLine[]): LineGrant[] {
  const prorations = lines.filter((line) => line.proration)
  const added = prorations.find((line) => line.amountMinor > 0 && line.plan !== null)
  if (added?.plan == null) return []
  const gained = prorations.reduce((sum, line) => sum + signedCredits(bill, line), 0)
  const credits = Math.floor(gained)
  return credits < 1
    ? []
    : [{ lineId: added.id, code: added.plan.code, credits, periodEnd: endOf(bill, added) }]
}

/** Credits for the share of its period that the line covers; a credited line counts against. */
function signedCredits(bill: Bill, line: InvoiceLine): number {
  if (line.plan === null || line.amountMinor === 0) return 0
  const wholeMs = line.periodEnd.getTime() - wholeStart(bill, line.periodEnd).getTime()
  const share = Math.min(1, Math.max(0, (line.periodEnd.getTime() - line.periodStart.getTime()) / wholeMs))
  return Math.sign(line.amountMinor) * line.plan.credits * share
}

/** A month before the end is not always where the period began: one from January 31 ends on February 28. */
function wholeStart({ period }: Bill, end: Date): Date {
  if (period !== null && period.end.getTime() === end.getTime() && period.start < end) return period.start
  return DateTime.fromJSDate(end, { zone: 'utc' }).minus({ months: 1 }).toJSDate()
}

/** What of a period's rest may be used in the next one, lot by lot, oldest first, up to the plan's cap. */
export function rollOverShares<Lot extends { leftCredits: number }>(
  lots: readonly Lot[],
  capCredits: number,
): { lot: Lot; credits: number }[] {
  let room = capCredits
  return lots.flatMap((lot) => {
    const credits = Math.min(lot.leftCredits, room)
    room -= credits
    return credits > 0 ? [{ lot, credits }] : []
  })
}
