import { assert } from '../../../kernel/assert.js'
import { lotSources, type LotSource } from './credit-lot.js'

/** The sums behind a balance. All in credits, none negative. */
export interface BalanceFacts {
  granted: Partial<Record<LotSource, number>>
  /** Of grants that were rolled back, including what became a debt. */
  takenBack: number
  deducted: number
  expired: number
  /** Less what was refunded. */
  spent: number
  held: number
  /** Owed and not yet paid. */
  debt: number
  available: number
}

export type ExplanationPart =
  | { part: 'granted'; source: LotSource; credits: number }
  | { part: 'taken_back' | 'deducted' | 'expired' | 'spent' | 'held' | 'owed'; source: null; credits: number }

export interface BalanceExplanation {
  /** Signed; together they are exactly what is available. Parts of zero are left out. */
  parts: ExplanationPart[]
  available: number
}

/**
 * "Why is my balance N?": what was granted, by source, less what was taken back, deducted, expired, spent and is held.
 * What is owed is added again: it was taken back from credits that had been used, and not from available.
 */
export function explain(facts: BalanceFacts): BalanceExplanation {
  const all: ExplanationPart[] = [
    ...lotSources.map((source) => ({
      part: 'granted' as const,
      source,
      credits: facts.granted[source] ?? 0,
    })),
    { part: 'taken_back', source: null, credits: -facts.takenBack },
    { part: 'deducted', source: null, credits: -facts.deducted },
    { part: 'expired', source: null, credits: -facts.expired },
    { part: 'spent', source: null, credits: -facts.spent },
    { part: 'held', source: null, credits: -facts.held },
    { part: 'owed', source: null, credits: facts.debt },
  ]
  const parts = all.filter((part) => part.credits !== 0)
  const sum = parts.reduce((credits, part) => credits + part.credits, 0)
  assert(sum === facts.available, 'the parts of a balance add up to it')
  return { parts, available: facts.available }
}
