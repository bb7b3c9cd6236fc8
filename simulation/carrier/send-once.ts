import type { Clock } from '../../src/kernel/clock.js'
import { assertNoTransaction } from '../../src/platform/db/transaction.js'
import { classifyFailure, type SendInput, type SendOutcome } from '../../src/slices/carrier/index.js'
import { ProcessDied, type VirtualProcess } from '../world/virtual-process.js'
import type { ClientWorld } from './carrier-client.js'
import type { CallFate } from './carrier-faults.js'
import type { TextRequest } from './virtual-carrier.js'

const EXPIRED_CODE = 20104

/** One call for one text, with the guarantees of the real adapter: never a second POST, and an answer that says what is certain. */
export async function sendOnce(
  world: ClientWorld,
  process: VirtualProcess,
  clock: Clock,
  input: SendInput,
): Promise<SendOutcome> {
  if (world.postsInTransaction) return sendAtOnce(world, input)
  assertNoTransaction()
  await world.scheduler.park(process, 'begin a call')
  if (clock.monotonicMs() > input.credential.sendBeforeMs) return notSent('deadline')
  // A process may be stopped here, after its last look at the clock and before the first byte.
  await world.scheduler.park(process, 'post')
  const outcome = await call(world, process, input)
  if (!world.clientRetries || outcome.kind !== 'unknown') return outcome
  return call(world, process, input)
}

function call(world: ClientWorld, process: VirtualProcess, input: SendInput): Promise<SendOutcome> {
  const { carrier, dice, scheduler, time } = world
  const fate = dice.weighted(carrier.faults.fates)
  const request = requestOf(input)
  const leaves = time.nowMs()
  const soonMs = dice.between(20, 900)
  return new Promise((resolve, reject) => {
    if (process.dead) {
      reject(new ProcessDied('a call'))
      return
    }
    const answer = (afterMs: number, outcome: SendOutcome): void => {
      scheduler.plan({
        atMs: leaves + afterMs,
        process,
        label: `answer: ${fate}`,
        run: () => resolve(outcome),
      })
    }
    const arrive = (afterMs: number, then: (outcome: SendOutcome) => void): void => {
      const run = (): void => then(taken(world, request))
      scheduler.plan({ atMs: leaves + afterMs, process: null, label: `request arrives: ${fate}`, run })
    }
    const ignore = (): void => undefined
    const giveUpMs = world.callTimeoutMs
    switch (fate) {
      case 'answered':
        arrive(soonMs, (outcome) => answer(soonMs * 2, outcome))
        break
      case 'answer-lost':
        arrive(soonMs, ignore)
        answer(giveUpMs, { kind: 'unknown', cause: 'timeout' })
        break
      case 'late':
        arrive(dice.between(giveUpMs, Math.max(giveUpMs, carrier.faults.lateMaxMs)), ignore)
        answer(giveUpMs, { kind: 'unknown', cause: 'timeout' })
        break
      case 'request-lost':
        answer(giveUpMs, { kind: 'unknown', cause: 'timeout' })
        break
      case 'reset-after':
        arrive(soonMs, () => answer(soonMs, { kind: 'unknown', cause: 'connection-lost' }))
        break
      case 'server-error-after':
        arrive(soonMs, () => answer(soonMs * 2, { kind: 'unknown', cause: 'server-error', httpStatus: 500 }))
        break
      default:
        answer(soonMs, refusal(world, fate))
    }
  })
}

function taken(world: ClientWorld, request: TextRequest): SendOutcome {
  const made = world.carrier.take(request)
  if (made !== null)
    return { kind: 'accepted', sid: made.sid, carrierSegments: 1, status: 'queued', concurrentRequests: null }
  return { ...notSent('credential-refused'), httpStatus: 401, code: EXPIRED_CODE }
}

function refusal(world: ClientWorld, fate: CallFate): SendOutcome {
  switch (fate) {
    case 'reset-before':
      return { kind: 'unknown', cause: 'connection-lost' }
    case 'server-error-before':
      return { kind: 'unknown', cause: 'server-error', httpStatus: 503 }
    case 'throttled':
      return { ...notSent('throttled'), httpStatus: 429, code: 20429 }
    case 'refused': {
      const code = world.dice.pick(world.carrier.faults.codes)
      const rule = classifyFailure({ moment: 'create', httpStatus: 400, code })
      return {
        kind: 'not_sent',
        class: rule.class,
        cause: 'refused',
        code,
        httpStatus: 400,
        reasonText: rule.words,
      }
    }
    default:
      return notSent('unreachable')
  }
}

/** For the variant that calls inside its transaction: nobody else can do anything meanwhile. */
function sendAtOnce(world: ClientWorld, input: SendInput): Promise<SendOutcome> {
  const fate = world.dice.weighted(world.carrier.faults.fates)
  const arrives = fate === 'answered' || fate === 'answer-lost' || fate === 'late' || fate === 'reset-after'
  const outcome = arrives ? taken(world, requestOf(input)) : refusal(world, fate)
  if (fate === 'answered' || !arrives) return Promise.resolve(outcome)
  return Promise.resolve({ kind: 'unknown', cause: 'timeout' })
}

function requestOf(input: SendInput): TextRequest {
  return {
    attemptId: input.attemptId,
    to: input.to,
    from: input.sender,
    body: input.body,
    expiresAtMs: input.credential.bearer === undefined ? null : Number(input.credential.bearer),
  }
}

type CertainCause = 'deadline' | 'unreachable' | 'throttled' | 'credential-refused'

function notSent(cause: CertainCause): Extract<SendOutcome, { kind: 'not_sent' }> {
  return { kind: 'not_sent', class: 'R', cause, reasonText: cause }
}
