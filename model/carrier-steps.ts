import {
  attemptOf,
  messageOf,
  NOBODY,
  replaced,
  UNRECORDED,
  withWorker,
  type Answer,
  type CallId,
  type CarrierRecord,
  type State,
} from './protocol-state.js'
import { LIFE, SKEW, UNPROVEN_AGE, type World } from './scenarios.js'
import { outcomes, settle } from './settlement-steps.js'
import type { Step } from './steps.js'

/** Requests arrive whenever they like. Callbacks come at any time, any number of times, or never. */
export function carrierSteps(state: State, world: World, out: Step[]): void {
  state.requests.forEach((call, index) => {
    if (state.requests.indexOf(call) === index) arrivals(state, world, index, call, out)
  })
  for (const record of state.records) {
    if (record.call % 10 === UNRECORDED) continue
    const next = settle(state, world, record.call, outcomes.accepted(record.sid), 'callback')
    if (next !== state) out.push({ name: `callback for ${text(record.call)}`, next, isFault: true })
  }
}

function arrivals(state: State, world: World, index: number, call: CallId, out: Step[]): void {
  const age = attemptOf(state, call)?.age ?? 0
  const arrived = { ...state, requests: state.requests.filter((_, other) => other !== index) }
  const late =
    world.without === 'a1-fence' || world.without === 'p0-late-requests-die'
      ? 'accepted'
      : world.scenario.lateRequests
  // A call without a fence is accepted late too, but not after the carrier would have given its text up.
  if (age <= LIFE + SKEW || (late === 'accepted' && age < UNPROVEN_AGE)) {
    const accepted = { ...arrived, records: withRecord(arrived.records, call) }
    const when = age > LIFE ? ', late' : ''
    out.push({ name: `carrier accepts ${text(call)}${when}`, next: answered(accepted, call, 'accepted') })
    if (isAwaited(state, call))
      out.push({ name: `carrier accepts ${text(call)}${when}, its answer is lost`, next: accepted })
    if (state.left.refusals > 0) refusals(arrived, call, out)
  }
  if (age > LIFE) {
    if (late === 'refused')
      out.push({ name: `carrier refuses ${text(call)}: late`, next: answered(arrived, call, 'late') })
    else out.push({ name: `request of ${text(call)} is lost`, next: arrived })
  }
}

function refusals(state: State, call: CallId, out: Step[]): void {
  const left = { ...state.left, refusals: state.left.refusals - 1 }
  for (const answer of ['put off', 'refused'] as const)
    out.push({
      name: `carrier answers ${text(call)}: ${answer}`,
      next: answered({ ...state, left }, call, answer),
      isFault: true,
    })
}

function isAwaited(state: State, call: CallId): boolean {
  return state.workers.some((worker) => worker.phase === 'waiting' && worker.call === call)
}

/** The answer reaches whoever still waits for it. */
function answered(state: State, call: CallId, answer: Answer): State {
  const index = state.workers.findIndex((worker) => worker.phase === 'waiting' && worker.call === call)
  const worker = state.workers[index]
  return worker === undefined ? state : withWorker(state, index, { ...worker, phase: 'answered', answer })
}

function withRecord(records: readonly CarrierRecord[], call: CallId): CarrierRecord[] {
  const copy = records.filter((record) => record.call === call).length
  const sid = call * 10 + copy
  return [...records, { sid, call, age: 0, seenFor: NOBODY, told: false }].sort((a, b) => a.sid - b.sid)
}

export function withOlderRecords(state: State, world: World, phone: number): State {
  const isOf = (record: CarrierRecord) => world.scenario.phones[messageOf(record.call)] === phone
  return state.records.reduce(
    (older, record, index) =>
      isOf(record)
        ? { ...older, records: replaced(older.records, index, { ...record, age: record.age + 1 }) }
        : older,
    state,
  )
}

export function text(call: CallId): string {
  const n = call % 10
  return `message ${messageOf(call)}${n === UNRECORDED ? '' : `, call ${n + 1}`}`
}
