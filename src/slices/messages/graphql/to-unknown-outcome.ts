import { seesContent, type Role } from '../../../platform/access/viewer.js'
import { maskPhone } from '../../contacts/index.js'
import { callbackEntry } from '../timeline-entries.js'
import type { InspectedOutcome, UnknownOutcome } from '../unknown-outcomes.js'
import { toTimelineEntry } from './to-message.js'
import { UnknownOutcomeInspectionType, type UnknownOutcomeType } from './unknown-outcomes.types.js'

export function toUnknownOutcome(outcome: UnknownOutcome): UnknownOutcomeType {
  const { state, next, cost, money } = outcome
  return {
    ...outcome,
    state: outcome.provedLate
      ? 'late_proved'
      : state === 'unknown' || state === 'unproven'
        ? state
        : 'settled',
    heldCredits: money === 'held' ? cost : 0,
    nextStep: next.step,
    nextStepAt: next.at,
  }
}

/** Null role: an administrator of the platform, who needs no numbers to decide. */
export function toInspection(inspected: InspectedOutcome, role: Role | null): UnknownOutcomeInspectionType {
  const { outcome, lookUps, observations, decisions } = inspected
  return Object.assign(new UnknownOutcomeInspectionType(), {
    attempt: outcome.attempt,
    cause: outcome.reason,
    evidence: outcome.evidence,
    sid: outcome.sid,
    resolvedAt: outcome.resolvedAt,
    messageState: outcome.messageState,
    country: outcome.country,
    usefulUntil: outcome.usefulUntil,
    worker: outcome.worker,
    outcome: toUnknownOutcome(outcome),
    phone: role !== null && seesContent(role) ? outcome.phone : maskPhone(outcome.phone),
    gate: Object.entries(outcome.gate).map(([name, value]) => ({
      name,
      value: value === null ? null : typeof value === 'string' ? value : JSON.stringify(value),
    })),
    lookUps,
    observations,
    decisions,
    callbacks: inspected.callbacks.map((callback) => {
      const { at, sid, facts } = callbackEntry(callback, new Map())
      return { at, sid, status: textOf(facts['status']), outcome: textOf(facts['outcome']) }
    }),
    timeline: inspected.timeline.map(toTimelineEntry),
  })
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
