import type { Logger } from '../../platform/observability/logger.js'
import { lookOnce } from './look.js'
import { recordBreaches, type RecordDeps, type Recorded } from './record-breaches.js'
import { readLooks, writeLook, type LookKind, type LookRow } from './store/breach-rows.js'
import { writeCheckpoints, writeLooked } from './store/look-rows.js'

export interface WatchDeps extends RecordDeps {
  logger: Pick<Logger, 'info' | 'error'>
}

export interface WatchOptions {
  /** The shortest pause between looks at news. */
  newsEveryMs: number
  fullEveryMs: number
}

export interface LookResult extends Recorded {
  kind: LookKind
  tookMs: number
  accounts: number
  messages: number
}

/** A look is followed by a pause of so many times its length: the audit never takes more than a twentieth of one connection. */
const PAUSES_PER_LOOK = 19

/** What failed a moment ago is likely to fail again, however quickly; news are looked at meanwhile. */
const FAILED_PAUSE_MS = 15 * 60_000

/**
 * The audit as a live monitor: looks at what is new when that is due, and at everything once per `fullEveryMs`. Called as
 * often as anybody likes, from any number of processes: one of them looks, the others return null, and so does who comes
 * too early. Whoever is found in breach is stopped and told about as `recordBreaches` says.
 */
export async function watchInvariants(deps: WatchDeps, options: WatchOptions): Promise<LookResult | null> {
  const kind = due(await readLooks(deps.db), options, deps.clock.now().toMillis())
  return kind === null ? null : look(deps, kind)
}

/** One look of this kind now, unless somebody else is looking. One that fails is written down, and its error thrown. */
export async function look(deps: WatchDeps, kind: LookKind): Promise<LookResult | null> {
  const startedMs = deps.clock.monotonicMs()
  const tookMs = (): number => Math.ceil(deps.clock.monotonicMs() - startedMs)
  try {
    return await lookOnce(deps.db, kind, async (seen) => {
      const recorded = await recordBreaches(deps, kind, seen.found)
      const now = deps.clock.now().toJSDate()
      await writeCheckpoints(deps.db, seen.sound, now)
      await writeLooked(deps.db, seen.unsound, now)
      const ended = { kind, endedAt: now, tookMs: tookMs(), clean: seen.found.length === 0, failed: false }
      await writeLook(deps.db, ended)
      tellLog(deps, recorded)
      const { accounts, messages } = seen
      return { ...recorded, kind, tookMs: ended.tookMs, accounts, messages }
    })
  } catch (error) {
    const endedAt = deps.clock.now().toJSDate()
    // Where not even this can be written, the database is away: the first error says more.
    await writeLook(deps.db, { kind, endedAt, tookMs: tookMs(), clean: false, failed: true }).catch(
      () => undefined,
    )
    throw error
  }
}

function due(looks: readonly LookRow[], options: WatchOptions, nowMs: number): LookKind | null {
  const pauseOver = (kind: LookKind, everyMs: number): boolean => {
    const last = looks.find((row) => row.kind === kind)
    if (last === undefined) return true
    const leastMs = last.failed && kind === 'full' ? Math.min(everyMs, FAILED_PAUSE_MS) : everyMs
    return nowMs - last.endedAt.getTime() >= Math.max(leastMs, last.tookMs * PAUSES_PER_LOOK)
  }
  if (pauseOver('full', options.fullEveryMs)) return 'full'
  return pauseOver('news', options.newsEveryMs) ? 'news' : null
}

function tellLog({ logger }: WatchDeps, recorded: Recorded): void {
  for (const breach of recorded.added) {
    logger.error(
      { accountId: breach.accountId, code: breach.invariant, reason: breach.what },
      'audit.breach.found',
    )
  }
  for (const { accountId, reason } of recorded.stopped)
    logger.error({ accountId, reason }, 'audit.sending.stopped')
  if (recorded.cleared > 0) logger.info({ count: recorded.cleared }, 'audit.breach.cleared')
}
