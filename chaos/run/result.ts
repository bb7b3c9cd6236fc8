import type { Facts } from '../oracle/facts.js'
import { total, type Finding } from '../oracle/judge.js'
import type { ForbidDelays } from '../oracle/measure-delays.js'
import type { Plan } from '../plan/plan.js'
import type { World } from '../world/users.js'
import type { Settled } from './settle.js'
import type { Tally } from './tally.js'

/** What `--json` prints, and the table shows. The figures of violations are those of `isClean`. */
export interface ChaosResult {
  seed: number
  minutes: number
  runs: number
  kills: number
  stalls: number
  databaseRestarts: number
  messages: number
  reached: number
  duplicates: number
  lost: number
  beyondCredits: number
  unbilled: number
  auditBreaches: number
  unresolvedUnknown: number
  heldCredits: number
  appliedTwice: number
  /** Attempts authorised after the commit that forbade them. */
  authorisedAfterForbidden: number
  settleSeconds: number
  /** 1 when the settling period was over before everything was settled. */
  unsettled: number
  /** Charged without proof, as policy P0 says. */
  unproven: number
  /** Of these, texts that the carrier had taken all the same: the residual window of P0. */
  unprovenReached: number
  /** Attempts that were proved to have never arrived, so that their messages were sent again. */
  resentAfterProof: number
  forbidDelaysMs: ForbidDelays
  crashPoints: Record<string, number>
  faults: Record<string, number>
  calls: Record<string, number>
}

const violations = [
  'duplicates',
  'lost',
  'beyondCredits',
  'unbilled',
  'auditBreaches',
  'unresolvedUnknown',
  'heldCredits',
  'appliedTwice',
  'authorisedAfterForbidden',
  'unsettled',
] as const

export function isClean(result: ChaosResult): boolean {
  return violations.every((name) => result[name] === 0)
}

export function toResult(parts: {
  plan: Plan
  tally: Tally
  world: World
  settled: Settled
  facts: Facts
  delays: ForbidDelays
  findings: readonly Finding[]
  auditBreaches: number
}): ChaosResult {
  const { plan, tally, world, settled, facts, delays, findings } = parts
  return {
    seed: plan.seed,
    minutes: plan.stormMs / 60_000,
    runs: 1,
    kills: tally.kills,
    stalls: tally.stalls,
    databaseRestarts: tally.databaseRestarts,
    messages: facts.messages.length,
    reached: facts.record.length,
    duplicates: total(findings, 'duplicates'),
    lost: total(findings, 'lost'),
    beyondCredits: total(findings, 'beyondCredits'),
    unbilled: total(findings, 'unbilled'),
    auditBreaches: parts.auditBreaches,
    unresolvedUnknown: total(findings, 'unresolvedUnknown'),
    heldCredits: total(findings, 'heldCredits'),
    appliedTwice: total(findings, 'appliedTwice') + (world.journal.counts.get('repeats refused') ?? 0),
    authorisedAfterForbidden: delays.authorisedAfter,
    settleSeconds: settled.seconds,
    unsettled: settled.isQuiet ? 0 : 1,
    unproven: facts.attempts.filter(({ state }) => state === 'unproven').length,
    unprovenReached: countUnprovenReached(facts),
    resentAfterProof: facts.attempts.filter(({ state }) => state === 'absent').length,
    forbidDelaysMs: delays,
    crashPoints: Object.fromEntries(tally.crashPoints),
    faults: sorted(tally.faults),
    calls: sorted(world.journal.counts),
  }
}

function countUnprovenReached({ attempts, record }: Facts): number {
  const reached = new Set(record.map(({ attemptId }) => attemptId))
  return attempts.filter(({ id, state }) => state === 'unproven' && reached.has(id)).length
}

function sorted(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([left], [right]) => (left < right ? -1 : 1)))
}

/** Several runs as one: figures added up, the worst of the delays. */
export function addUp(results: readonly ChaosResult[]): ChaosResult | null {
  const [first, ...rest] = results
  if (first === undefined) return null
  return rest.reduce((sum, one) => {
    const added = { ...sum }
    for (const name of Object.keys(sum) as (keyof ChaosResult)[]) {
      const [left, right] = [sum[name], one[name]]
      if (name !== 'seed' && typeof left === 'number' && typeof right === 'number')
        Object.assign(added, { [name]: left + right })
    }
    return {
      ...added,
      crashPoints: addCounts(sum.crashPoints, one.crashPoints),
      faults: addCounts(sum.faults, one.faults),
      calls: addCounts(sum.calls, one.calls),
      forbidDelaysMs: worseOf(sum.forbidDelaysMs, one.forbidDelaysMs),
    }
  }, first)
}

function addCounts(left: Record<string, number>, right: Record<string, number>): Record<string, number> {
  const sum = { ...left }
  for (const [name, count] of Object.entries(right)) sum[name] = (sum[name] ?? 0) + count
  return sum
}

function worseOf(left: ForbidDelays, right: ForbidDelays): ForbidDelays {
  return {
    events: left.events + right.events,
    authorisedAfter: left.authorisedAfter + right.authorisedAfter,
    lastAuthorisedMs: Math.max(left.lastAuthorisedMs, right.lastAuthorisedMs),
    lastReachedMs: {
      median: Math.max(left.lastReachedMs.median, right.lastReachedMs.median),
      p99: Math.max(left.lastReachedMs.p99, right.lastReachedMs.p99),
      max: Math.max(left.lastReachedMs.max, right.lastReachedMs.max),
      texts: left.lastReachedMs.texts + right.lastReachedMs.texts,
    },
  }
}
