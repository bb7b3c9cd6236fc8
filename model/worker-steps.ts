import { claimAfterwards, claimSteps, commitRead } from './claim-steps.js'
import {
  attemptOf,
  callId,
  idleWorker,
  messageOf,
  NOBODY,
  UNRECORDED,
  withMessage,
  withWorker,
  type State,
  type Worker,
} from './protocol-state.js'
import { LIFE, type World } from './scenarios.js'
import { outcomes, settle } from './settlement-steps.js'
import type { Step } from './steps.js'

/**
 * account-pump.ts and send-message.ts: claim, look at the deadline, write, wait, settle. Between any two of these a worker may
 * sleep for as long as it likes (stall), or die.
 */
export function workerSteps(state: State, world: World, out: Step[]): void {
  state.workers.forEach((worker, index) => {
    // Workers are alike: of two that do the same, one is enough.
    if (index > 0 && state.workers[index - 1] === worker) return
    phaseSteps[worker.phase](state, world, index, worker, out)
    if (worker.phase !== 'idle' && state.left.crashes > 0) crash(state, index, worker, out)
  })
}

type PhaseSteps = (state: State, world: World, index: number, worker: Worker, out: Step[]) => void

const phaseSteps: Readonly<Record<Worker['phase'], PhaseSteps>> = {
  idle: (state, world, index, _worker, out) => {
    claimSteps(state, world, index, out)
  },
  reading: (state, world, index, worker, out) => {
    out.push({
      name: `claim of ${text(worker)} commits on what it read`,
      next: commitRead(state, world, index, worker),
    })
  },
  claimed: (state, world, index, worker, out) => {
    const attempt = attemptOf(state, worker.call)
    if (attempt !== undefined && attempt.age > LIFE) {
      const next = { ...worker, phase: 'answered', answer: 'late' } as const
      out.push({ name: `deadline over, ${text(worker)} not written`, next: withWorker(state, index, next) })
    } else {
      const next = { ...worker, phase: 'writing' } as const
      out.push({ name: `deadline of ${text(worker)} looked at`, next: withWorker(state, index, next) })
    }
    if (world.without === 'a4-durable-commit' && attempt !== undefined)
      loseCommit(state, world, index, worker, out)
  },
  writing: (state, _world, index, worker, out) => {
    const waiting = withWorker(state, index, { ...worker, phase: 'waiting' })
    out.push({
      name: `request of ${text(worker)} leaves`,
      next: { ...waiting, requests: [...waiting.requests, worker.call] },
    })
  },
  waiting: (state, world, index, worker, out) => {
    const next = { ...worker, phase: 'answered', answer: 'unknown' } as const
    out.push({ name: `no answer for ${text(worker)}`, next: withWorker(state, index, next) })
    // One repetition shows all.
    const sent = state.requests.length + state.records.length
    if (world.without === 'no-client-retry' && sent < 2)
      out.push({
        name: `client repeats ${text(worker)}`,
        next: { ...state, requests: [...state.requests, worker.call] },
      })
  },
  answered: (state, world, index, worker, out) => {
    out.push({
      name: `worker settles ${text(worker)}: ${worker.answer}`,
      next: settleAnswer(state, world, index, worker),
    })
  },
}

function settleAnswer(before: State, world: World, index: number, worker: Worker): State {
  const state = withWorker(before, index, idleWorker)
  const { answer } = worker
  if (answer === 'none') return state
  if (answer === 'accepted') {
    const sid = before.records.find((record) => record.call === worker.call)?.sid ?? NOBODY
    if (world.without !== 'intent-before-call')
      return settle(state, world, worker.call, outcomes.accepted(sid), 'worker')
    const claimed = claimAfterwards(state, world, index, messageOf(worker.call))
    if (claimed === null) return state
    const call = claimed.workers[index]?.call ?? NOBODY
    return settle(withWorker(claimed, index, idleWorker), world, call, outcomes.accepted(sid), 'worker')
  }
  const isTakenForUnsent = answer === 'unknown' && world.without === 'no-answer-is-unknown'
  return settle(state, world, worker.call, outcomes[isTakenForUnsent ? 'late' : answer], 'worker')
}

function crash(state: State, index: number, worker: Worker, out: Step[]): void {
  const left = { ...state.left, crashes: state.left.crashes - 1 }
  out.push({
    name: `worker dies (${worker.phase}, ${text(worker)})`,
    next: withWorker({ ...state, left }, index, idleWorker),
    isFault: true,
  })
}

/** A failover forgets the claim; the worker has its acknowledgement and goes on. */
function loseCommit(state: State, world: World, index: number, worker: Worker, out: Step[]): void {
  const m = messageOf(worker.call)
  const message = state.messages[m]
  if (message === undefined || message.attempts.length !== (worker.call % 10) + 1) return
  const cost = world.scenario.costs[m] ?? 0
  const forgotten = withMessage(state, m, {
    state: 'pending',
    attempt: NOBODY,
    attempts: message.attempts.slice(0, -1),
  })
  out.push({
    name: `a failover loses the claim of ${text(worker)}`,
    next: withWorker({ ...forgotten, available: state.available + cost, held: state.held - cost }, index, {
      ...worker,
      call: callId(m, UNRECORDED),
    }),
    isFault: true,
  })
}

function text(worker: Worker): string {
  const n = worker.call % 10
  return `message ${messageOf(worker.call)}${n === UNRECORDED ? '' : `, call ${n + 1}`}`
}
