import type { Clock } from '../../kernel/clock.js'
import { crashPoint } from '../../platform/faults/crash-point.js'
import type { Carrier, Credential } from '../carrier/index.js'
import type { ClaimedMessage } from './claim-messages.js'
import type { CallSign } from './domain/call-limit.js'
import type { AttemptOutcome } from './domain/settlement.js'
import { toAttemptOutcome, toCallSign } from './to-outcome.js'

interface PostDeps {
  clock: Clock
  carrier: Carrier
  log: { error(fields: Record<string, unknown>, event: string): void }
}

/**
 * Posts one authorised text, once, and says what became of it and what the answer tells about the carrier's load. Never
 * throws: whatever goes wrong after the call began, the outcome is then unknown. A text whose time ran out while it waited for
 * its turn goes back: the next claim puts it off or ends it.
 */
export async function postMessage(
  deps: PostDeps,
  settings: { sender: { address: string }; validityMs: number },
  message: ClaimedMessage,
  credential: Credential,
): Promise<{ outcome: AttemptOutcome; sign: CallSign }> {
  crashPoint('messages.post:begins')
  if (isTooLate(message, deps.clock.now().toJSDate())) return TOO_LATE
  try {
    const answer = await deps.carrier.send({
      attemptId: message.attemptId,
      to: message.phone,
      body: message.body,
      sender: settings.sender.address,
      validityPeriodSeconds: validitySeconds(deps.clock, message, settings.validityMs),
      credential,
    })
    return { outcome: toAttemptOutcome(answer), sign: toCallSign(answer) }
  } catch (error) {
    // The carrier adapter answers with values; if it throws, nobody knows how far the call got.
    deps.log.error({ attemptId: message.attemptId, err: error }, 'messages.post.threw')
    return { outcome: { kind: 'unknown', reason: 'internal-error' }, sign: { kind: 'silent' } }
  } finally {
    crashPoint('messages.post:answered')
  }
}

const TOO_LATE = {
  outcome: toAttemptOutcome({
    kind: 'not_sent',
    class: 'R',
    cause: 'deadline',
    reasonText: 'Its time ran out while it waited for its turn.',
  }),
  sign: { kind: 'silent' },
} as const

function isTooLate({ expiresAt, openUntil }: ClaimedMessage, now: Date): boolean {
  return (expiresAt !== null && expiresAt <= now) || (openUntil !== null && openUntil <= now)
}

function validitySeconds(clock: Clock, message: ClaimedMessage, validityMs: number): number {
  const usefulMs =
    message.expiresAt === null ? Infinity : message.expiresAt.getTime() - clock.now().toMillis()
  return Math.max(1, Math.floor(Math.min(validityMs, usefulMs) / 1000))
}
