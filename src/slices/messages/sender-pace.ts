import type { Clock } from '../../kernel/clock.js'
import type { Db } from '../../platform/db/data-source.js'
import {
  grantOf,
  paceRules,
  placeInGrant,
  segmentsAhead,
  segmentsToAsk,
  type PaceGrant,
} from './domain/pace.js'
import { readPace, reservePace } from './store/pace-rows.js'

/** Keeps one sender's segments per second, over all processes and across restarts. */
export interface SenderPace {
  /** Resolves when a text of so many segments may leave, or when it is too late for it anyway. */
  take(segments: number, beforeMs: number): Promise<void>
  /** Segments that may be authorised now, Infinity without a limit; what is given counts until `claimed` says what was used. */
  admit(): number
  claimed(admitted: number, segments: number): void
  /** Resolves when more may be authorised than before. */
  room(): Promise<void>
  /** Reads the sender's setting again. */
  refresh(): Promise<void>
}

export interface PaceDeps {
  db: Db
  clock: Clock
}

/** The database is away: how long until it is asked again. */
const RETRY_MS = 250

/** No limit: for tests of other things, and for senders that nobody limits. */
export const unlimitedPace: SenderPace = {
  take: () => Promise.resolve(),
  admit: () => Infinity,
  claimed: () => undefined,
  room: () => Promise.resolve(),
  refresh: () => Promise.resolve(),
}

/**
 * Postgres gives out time, a fifth of a second's worth at once, to whoever asks next; the stretches never overlap, so all
 * processes together keep the limit, and so does whatever starts after a crash. Within its stretch a process spreads
 * its texts evenly. What is not used in time is lost, never saved: a silence earns no burst.
 *
 * Asked outside of every transaction: one row per sender inside the claims would set all accounts against each other.
 */
export function createSenderPace(
  deps: PaceDeps,
  sender: { id: number },
  defaultPerSecond: number | null,
): SenderPace {
  const byDefault = defaultPerSecond ?? Infinity
  let perSecond = byDefault
  let grant: PaceGrant | null = null
  let delayMs = 0
  let doneAtMs = -Infinity
  let admitted = 0
  let waiting = 0
  let turn: Promise<void> = Promise.resolve()
  let roomWaiters: (() => void)[] = []

  function wake(): void {
    const woken = roomWaiters
    roomWaiters = []
    for (const resolve of woken) resolve()
  }

  async function reserve(segments: number): Promise<void> {
    const asked = segmentsToAsk(segments, perSecond, delayMs)
    const askedAtMs = deps.clock.monotonicMs()
    try {
      const answer = await reservePace(deps.db, {
        senderId: sender.id,
        segments: asked,
        byDefault,
        share: paceRules.share,
      })
      const answeredAtMs = deps.clock.monotonicMs()
      delayMs = answeredAtMs - askedAtMs
      grant = grantOf({ ...answer, askedAtMs, answeredAtMs, segments: asked })
      perSecond = answer.perSecond
    } catch {
      await pause(RETRY_MS)
    }
  }

  async function waitFor(segments: number, beforeMs: number): Promise<void> {
    while (perSecond !== Infinity && deps.clock.monotonicMs() <= beforeMs) {
      const placed = placeInGrant(grant, segments, deps.clock.monotonicMs(), doneAtMs)
      if (placed === null) {
        await reserve(segments)
        continue
      }
      if (placed.atMs > beforeMs) return
      const waitMs = placed.atMs - deps.clock.monotonicMs()
      if (waitMs > 0) await pause(waitMs)
      // A busy process wakes late; then the stretch may be over.
      if (deps.clock.monotonicMs() > placed.grant.endsAtMs + paceRules.lateMs) {
        grant = null
        continue
      }
      doneAtMs = Math.max(placed.atMs, deps.clock.monotonicMs()) + segments * placed.grant.perSegmentMs
      grant = placed.grant
      return
    }
  }

  return {
    take: (segments, beforeMs) => {
      const left = (): void => {
        waiting = Math.max(0, waiting - segments)
        wake()
      }
      if (perSecond === Infinity) {
        left()
        return Promise.resolve()
      }
      const mine = turn.then(() => waitFor(segments, beforeMs)).finally(left)
      turn = mine
      return mine
    },
    admit: () => {
      if (perSecond === Infinity) return Infinity
      const free = segmentsAhead(perSecond) - admitted - waiting
      if (free <= 0) return 0
      admitted += free
      return free
    },
    claimed: (given, segments) => {
      if (given !== Infinity) admitted = Math.max(0, admitted - given)
      waiting += segments
      wake()
    },
    room: () => new Promise((resolve) => roomWaiters.push(resolve)),
    refresh: async () => {
      perSecond = (await readPace(deps.db, sender.id)) ?? byDefault
      wake()
    },
  }
}

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, delayMs)
  })
}
