import { invariants } from '../invariants.js'
import type { Breach } from '../store/breach-rows.js'
import { AuditBreachType } from './audit.types.js'

/** Breaches outlive the rules that found them. */
export function ruleOf(invariantId: string): { rule: string; why: string } {
  const invariant = invariants.find(({ id }) => id === invariantId)
  return {
    rule: invariant?.what ?? 'a rule of an earlier version',
    why: invariant?.why ?? 'a rule of an earlier version',
  }
}

export function toBreach({ stops, ...breach }: Breach): AuditBreachType {
  return Object.assign(new AuditBreachType(), { ...breach, ...ruleOf(breach.invariant), stopsSending: stops })
}
