import { decideLookUp } from '../src/slices/messages/domain/look-up.js'
import { text } from './carrier-steps.js'
import {
  attemptOf,
  callId,
  idleLookUp,
  isTaken,
  messageOf,
  withAttempt,
  withCredits,
  withLookUp,
  type CallId,
  type LookUp,
  type State,
} from './protocol-state.js'
import { LAG, LIFE, REFUND_AGE, SKEW, TICK_MS, VALIDITY, type World } from './scenarios.js'
import { outcomes, settle } from './settlement-steps.js'
import type { Step } from './steps.js'

/**
 * resolve-unknown.ts: select an attempt, read the carrier's list, ask what is taken and decide, write the verdict. Four
 * steps, because other look-ups, callbacks and workers go on in between.
 */
export function lookUpSteps(state: State, world: World, out: Step[]): void {
  if (world.without === 'look-up-at-all') return
  state.lookUps.forEach((lookUp, index) => {
    if (index > 0 && state.lookUps[index - 1] === lookUp) return
    phaseSteps[lookUp.phase](state, world, index, lookUp, out)
  })
}

type PhaseSteps = (state: State, world: World, index: number, lookUp: LookUp, out: Step[]) => void

const phaseSteps: Readonly<Record<LookUp['phase'], PhaseSteps>> = {
  idle: select,
  selected: list,
  listed: decide,
  decided: write,
}

function select(state: State, world: World, index: number, _lookUp: LookUp, out: Step[]): void {
  state.messages.forEach((message, m) => {
    message.attempts.forEach((attempt, n) => {
      const isDue =
        attempt.state === 'unproven' &&
        world.scenario.refunds &&
        attempt.hold === 'captured' &&
        attempt.age >= REFUND_AGE
      const isWaiting = attempt.state === 'unknown' && attempt.age > waitOf(world)
      if (!isWaiting && !isDue) return
      const from = attempt.state === 'unknown' ? 'unknown' : 'unproven'
      const call = callId(m, n)
      out.push({
        name: `look-up selects ${text(call)} (${from})`,
        next: withLookUp(state, index, { ...idleLookUp, phase: 'selected', call, from }),
      })
    })
  })
}

/**
 * The program selects an attempt only when its window is over (unresolvedAttempts). A look-up that is slow then can never
 * see, inside the window, a text that came later to the same number.
 */
function waitOf({ without }: World): number {
  if (without === 'look-up-waits' || without === 'absent-after-credential') return -1
  return LIFE + (without === 'clocks-may-differ' ? 0 : SKEW) + (without === 'absent-after-list-lag' ? 0 : LAG)
}

/** What is not older than Λ may be in the list or not. */
function list(state: State, world: World, index: number, lookUp: LookUp, out: Step[]): void {
  const phone = world.scenario.phones[messageOf(lookUp.call)]
  let lists: number[][] = [[]]
  for (const record of state.records) {
    if (world.scenario.phones[messageOf(record.call)] !== phone) continue
    const isCertain = record.age > LAG && world.without !== 'a2-list-lag'
    const shown = lists.map((sids) => [...sids, record.sid])
    lists = isCertain ? shown : [...lists, ...shown]
  }
  const askedAge = attemptOf(state, lookUp.call)?.age ?? 0
  for (const sids of lists)
    out.push({
      name: `look-up of ${text(lookUp.call)} reads a list of ${sids.length}`,
      next: withLookUp(state, index, { ...lookUp, phase: 'listed', askedAge, sids }),
    })
}

const NOW_MS = 1_000 * TICK_MS
const ago = (ticks: number): Date => new Date(NOW_MS - ticks * TICK_MS)

function decide(state: State, world: World, index: number, lookUp: LookUp, out: Step[]): void {
  const age = attemptOf(state, lookUp.call)?.age ?? 0
  const { without, scenario } = world
  const isEarly = without === 'absent-after-credential'
  const decision = decideLookUp({
    state: lookUp.from,
    policy: without === 'p0-never-resends' ? 'P1' : scenario.policy,
    claimedAt: ago(age),
    notAfter: ago(age - LIFE),
    askedAt: ago(isEarly ? age - 100 : age - lookUp.askedAge),
    listed: lookUp.sids.flatMap((sid) => {
      const record = state.records.find((candidate) => candidate.sid === sid)
      if (record === undefined) return []
      return {
        sid: String(sid),
        outbound: true,
        fromOurSender: true,
        createdAt: ago(without === 'look-up-window' ? age : record.age),
        taken: without !== 'look-up-leaves-taken' && isTaken(state, record),
      }
    }),
    clockSkewMs: without === 'clocks-may-differ' ? 0 : SKEW * TICK_MS,
    listLagMs: without === 'absent-after-list-lag' ? 0 : LAG * TICK_MS,
    validityMs: VALIDITY * TICK_MS,
    usefulUntil: null,
  })
  const sids = decision.verdict === 'found' ? decision.sids.map(Number) : []
  out.push({
    name: `look-up of ${text(lookUp.call)} decides: ${decision.verdict}`,
    next: withLookUp(
      state,
      index,
      decision.verdict === 'too_early'
        ? idleLookUp
        : { ...idleLookUp, phase: 'decided', call: lookUp.call, verdict: decision.verdict, sids },
    ),
  })
}

function write(before: State, world: World, index: number, lookUp: LookUp, out: Step[]): void {
  const state = withLookUp(before, index, idleLookUp)
  out.push({
    name: `look-up of ${text(lookUp.call)} writes: ${lookUp.verdict}`,
    next: writeVerdict(state, world, lookUp),
  })
}

function writeVerdict(state: State, world: World, { call, verdict, sids }: LookUp): State {
  switch (verdict) {
    case 'found':
      return sids.reduce((next, sid) => settle(next, world, call, outcomes.accepted(sid), 'look_up'), state)
    case 'absent':
    case 'unproven':
      return settle(state, world, call, outcomes[verdict], verdict === 'absent' ? 'look_up' : 'policy')
    case 'refund':
      return refund(state, world, call)
    case 'too_early':
      return state
  }
}

/** The ledger gives each capture back once at most, whoever asks. */
function refund(state: State, world: World, call: CallId): State {
  const attempt = attemptOf(state, call)
  const isDue = attempt?.state === 'unproven' || world.without === 'refund-reads-under-lock'
  const mayRefund =
    (attempt?.hold === 'captured' && isDue) ||
    (attempt?.hold === 'refunded' && world.without === 'refund-once')
  if (attempt === undefined || !mayRefund) return state
  const cost = world.scenario.costs[messageOf(call)] ?? 0
  const back = withCredits({ ...state, spent: state.spent - cost }, cost)
  return withAttempt(back, call, { hold: 'refunded', refunds: attempt.refunds + 1 })
}
