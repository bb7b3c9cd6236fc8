import { pause } from '../kernel/pause.js'
import { clockOffsetMs, isClockRight } from '../platform/db/clock-offset.js'
import { sendingLock, watchDatabase } from '../slices/accounts/index.js'
import { lookForLostTail, type LostTail, type Sender } from '../slices/messages/index.js'
import type { AppContext } from './app-context.js'
import { writeDue } from './write-due.js'

/** How long a starting worker waits for the carrier's list before it sends without having asked. */
const WITNESS_PATIENCE_MS = 30_000
const WITNESS_PAUSE_MS = 1_000

/** Compares the database with the one that last sent, and says so where people look. */
export async function lookAtDatabase(app: AppContext): Promise<void> {
  const { lockedNow, lockReason } = await watchDatabase(app)
  if (lockedNow) app.logger.error({ reason: lockReason }, 'restore.sending.locked')
}

/** Whether sending waits for the reconciliation after a restore; what would settle attempts by the list waits with it. */
export async function isSendingLocked(app: Pick<AppContext, 'db'>): Promise<boolean> {
  const { reason, knownIdentity, identity } = await sendingLock(app.db)
  // The first look at another database writes the lock; until then its name says the same.
  return reason !== null || (knownIdentity !== null && knownIdentity !== identity)
}

/** Whether what is read in the carrier's list may be compared with what this process calls now. Says so when it may not. */
export async function hasRightClock(
  app: Pick<AppContext, 'db' | 'clock' | 'config' | 'logger'>,
): Promise<boolean> {
  const offMs = await clockOffsetMs(app.db, app.clock)
  const isRight = isClockRight(offMs, app.config.protocol.clockSkewMs)
  if (!isRight) app.logger.error({ reason: `off by ${String(offMs)} ms` }, 'clock.is-off')
  return isRight
}

/**
 * Starts the sender once the carrier's newest page has been compared with the database. A carrier that does not answer
 * its list for half a minute does not keep this worker from sending: only a restore that left no mark in the database
 * itself would then go unnoticed. A database that does not answer does keep it: what is asked of it decides.
 */
export function startGuarded(app: AppContext, sender: Sender): { stop(): void } {
  const state = { stopped: false }
  const startedMs = app.clock.monotonicMs()
  const ask = async (): Promise<void> => {
    for (;;) {
      const seen = await look(app)
      if (seen.kind === 'locked') app.logger.error({ count: seen.texts }, 'restore.sending.locked')
      if (seen.kind === 'none' && seen.strays > 0)
        app.logger.warn({ count: seen.strays }, 'restore.texts.unknown')
      const hasAnswer = seen.kind !== 'unavailable' && seen.kind !== 'failed'
      if (hasAnswer || state.stopped) return
      if (seen.kind === 'unavailable' && app.clock.monotonicMs() - startedMs > WITNESS_PATIENCE_MS) {
        app.logger.warn({ reason: seen.cause }, 'restore.witness.unavailable')
        return
      }
      await pause(WITNESS_PAUSE_MS)
    }
  }
  void ask().then(() => {
    if (!state.stopped) sender.start()
  })
  return {
    stop: () => {
      state.stopped = true
    },
  }
}

async function look(app: AppContext): Promise<LostTail | { kind: 'failed' }> {
  const { carrier, protocol } = app.config
  try {
    const prepare = () => writeDue(app)
    return await lookForLostTail(
      { ...app, prepare },
      { sender: carrier.sender, clockSkewMs: protocol.clockSkewMs },
    )
  } catch (error) {
    app.logger.error({ err: error }, 'restore.witness.failed')
    return { kind: 'failed' }
  }
}
