import { newId, type AttemptId } from '../../kernel/ids.js'
import { zonesFor } from '../contacts/index.js'
import { decideGate } from './domain/gate.js'
import { placeFreeAt, placesLeft, windowAt, type RateWindow } from './domain/rate-window.js'
import { judgeTime } from './domain/send-times.js'
import type { CandidateRow, ControlRow, Refusal } from './store/claim-rows.js'

/** A text that may leave now, and what the gate saw. */
export interface Passed {
  row: CandidateRow
  attemptId: AttemptId
  consentEventId: string | null
  openUntil: Date | null
  zones: readonly string[]
}

/** Asks the gate about each: the first text to a number keeps the others waiting. */
export function sortByVerdict(
  candidates: readonly CandidateRow[],
  control: ControlRow,
  now: Date,
): { passed: Passed[]; refusals: Refusal[] } {
  const passed: Passed[] = []
  const refusals: Refusal[] = []
  const phones = new Set<string>()
  for (const row of candidates) {
    const verdict = decideGate({
      purpose: row.purpose,
      isAnswer: row.is_answer,
      optedOut: row.opted_out,
      consent:
        row.consent_granted === null || row.consent_event_id === null
          ? null
          : { granted: row.consent_granted, eventId: row.consent_event_id },
      unreachable: row.unreachable,
      countryAllowed: control.allowedCountries.includes(row.country),
      phoneBusy: row.phone_busy || phones.has(row.phone),
      expiresAt: row.expires_at,
      time: () => timeOf(row, control, now),
      now,
    })
    if (verdict.pass) {
      phones.add(row.phone)
      const { consentEventId, openUntil, zones } = verdict
      passed.push({ row, attemptId: newId<AttemptId>(), consentEventId, openUntil, zones })
    } else {
      const deferred = verdict.state === 'deferred'
      refusals.push({
        messageId: row.id,
        state: deferred ? 'pending' : verdict.state,
        reason: verdict.reason,
        notBefore: verdict.state === 'deferred' ? verdict.notBefore : null,
        detail: verdict.detail,
      })
    }
  }
  return { passed, refusals }
}

function timeOf(row: CandidateRow, control: ControlRow, now: Date): ReturnType<typeof judgeTime> {
  const { zones, regions } = zonesFor(row)
  return judgeTime({
    purpose: row.purpose,
    zones,
    regions,
    rules: control.hours,
    marketingPerDay: control.marketingPerDay,
    textedAt: row.texted_at ?? [],
    now,
  })
}

/**
 * The account's rate of single texts. What is beyond it waits until its place in the hour is free; a message that is tried
 * again had its place when it was tried first.
 */
export function withinRate(
  passed: readonly Passed[],
  singles: ControlRow['singles'] | null,
  now: Date,
): { passed: Passed[]; late: Refusal[]; window: RateWindow | null } {
  if (singles === null) return { passed: [...passed], late: [], window: null }
  const window = windowAt(singles.window, now)
  const perHour = singles.perHour ?? Infinity
  let left = placesLeft(window, perHour)
  const late: Refusal[] = []
  const inTime = passed.filter(({ row }) => {
    if (row.is_answer || row.tries > 0 || left > 0) {
      if (isCounted(row)) left -= 1
      return true
    }
    const notBefore = placeFreeAt(window, perHour, late.length)
    late.push({ messageId: row.id, state: 'pending', reason: 'rate_limited', notBefore, detail: null })
    return false
  })
  return { passed: inTime, late, window }
}

/** In the account's rate: first calls, but answers, of which each has a text of its own that asks for it. */
export function isCounted(row: CandidateRow): boolean {
  return row.tries === 0 && !row.is_answer
}

/** The first that fit, and the very first in any case. The others wait in their places. */
export function withinBounds(
  passed: Passed[],
  { limit, segmentsMax = Infinity }: { limit: number; segmentsMax?: number },
): Passed[] {
  let segments = 0
  const last = passed.findIndex(({ row }, place) => {
    segments += row.segments
    return place >= limit || (place > 0 && segments > segmentsMax)
  })
  return last === -1 ? passed : passed.slice(0, last)
}
