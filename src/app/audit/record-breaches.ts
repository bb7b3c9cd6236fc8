import { trustId, type AccountId } from '../../kernel/ids.js'
import type { Clock } from '../../kernel/clock.js'
import type { Db } from '../../platform/db/data-source.js'
import { inTransaction, type Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { announcePlatform, stopAccountBecause, stopPlatformBecause } from '../../slices/accounts/index.js'
import type { FoundRow } from './look.js'
import { ROWS_MAX, ROWS_PER_ACCOUNT_MAX } from './narrow-sql.js'
import {
  insertBreaches,
  insertEnds,
  openBreaches,
  type Breach,
  type LookKind,
  type NewBreach,
} from './store/breach-rows.js'

export interface RecordDeps {
  db: Db
  clock: Clock
}

export interface Recorded {
  /** Seen for the first time, or again after it had gone. */
  added: NewBreach[]
  /** Accounts that were stopped by this look; null stands for the platform. */
  stopped: { accountId: string | null; reason: string }[]
  cleared: number
  /** Breaches that stand now and nobody has answered for. */
  open: number
}

/**
 * Writes what a look has found: a row for each new breach, an event in the account's log, and the stop of whoever is in
 * breach and has nobody who answered for it. All of one account is one transaction, so a crash leaves a breach either
 * recorded and stopped, or to be found again. A breach that stands already is not written twice; an acknowledged one
 * stops nothing; only a full look can tell that one has gone. Never repairs anything.
 */
export async function recordBreaches(
  deps: RecordDeps,
  kind: LookKind,
  found: readonly FoundRow[],
): Promise<Recorded> {
  const standing = await openBreaches(deps.db)
  const known = new Set(standing.map(keyOf))
  const added = unique(found).filter((breach) => !known.has(keyOf(breach)))
  const seen = new Set(found.map((row) => keyOf({ ...row, invariant: row.invariant.id })))
  const sees = kind === 'full' ? whatIsWhole(found) : () => false
  const gone = standing.filter((breach) => !seen.has(keyOf(breach)) && sees(breach))
  await clear(deps, gone)
  const left = standing.filter((breach) => !gone.includes(breach) && breach.acknowledgedAt === null)
  const recorded: Recorded = { added, stopped: [], cleared: gone.length, open: left.length + added.length }
  const concerned = new Set([...added, ...left.filter((breach) => breach.stops)].map((one) => one.accountId))
  for (const accountId of concerned) {
    const reason = stopReason([...left, ...added].filter((one) => one.accountId === accountId && one.stops))
    const mine = added.filter((breach) => breach.accountId === accountId)
    if (await record(deps, accountId, mine, reason))
      recorded.stopped.push({ accountId, reason: reason ?? '' })
  }
  return recorded
}

function keyOf(breach: { invariant: string; accountId: string | null; what: string }): string {
  return `${breach.invariant}|${breach.accountId ?? ''}|${breach.what}`
}

/** A look is bounded: where it filled its bound, a breach that it does not show may stand all the same. */
function whatIsWhole(found: readonly FoundRow[]): (breach: Breach) => boolean {
  const rows = new Map<string, number>()
  for (const { invariant, accountId } of found) {
    for (const bounded of [invariant.id, `${invariant.id}|${accountId ?? ''}`])
      rows.set(bounded, (rows.get(bounded) ?? 0) + 1)
  }
  return ({ invariant, accountId }) =>
    (rows.get(invariant) ?? 0) < ROWS_MAX &&
    (rows.get(`${invariant}|${accountId ?? ''}`) ?? 0) < ROWS_PER_ACCOUNT_MAX
}

function unique(found: readonly FoundRow[]): NewBreach[] {
  const byKey = new Map<string, NewBreach>()
  for (const { invariant, accountId, what } of found) {
    const breach = { invariant: invariant.id, accountId, what, stops: invariant.onBreach === 'stop' }
    byKey.set(keyOf(breach), breach)
  }
  return [...byKey.values()]
}

/** For programs: `audit: I7`, or several. */
function stopReason(stopping: readonly { invariant: string }[]): string | null {
  const ids = [...new Set(stopping.map((breach) => breach.invariant))].sort()
  return ids.length === 0 ? null : `audit: ${ids.join(', ')}`
}

/** Returns whether this stopped somebody who was sending. */
async function record(
  deps: RecordDeps,
  accountId: string | null,
  added: readonly NewBreach[],
  reason: string | null,
): Promise<boolean> {
  const now = deps.clock.now().toJSDate()
  if (accountId === null) {
    const stopped = await inTransaction(deps.db, { name: 'audit.record' }, async (tx) => {
      const stopsNow = reason !== null && (await stopPlatformBecause(tx, reason))
      await insertBreaches(tx, added, now)
      return stopsNow
    })
    if (stopped) await announcePlatform(deps, 'platform_stopped')
    return stopped
  }
  return inTransaction(deps.db, { name: 'audit.record', accountId }, async (tx) => {
    const rows = await insertBreaches(tx, added, now)
    if (rows.length > 0) await tell(tx, accountId, rows)
    return reason !== null && stopAccountBecause(tx, trustId<AccountId>(accountId), reason)
  })
}

async function tell(
  tx: Tx,
  accountId: string,
  rows: readonly { id: string; invariant: string }[],
): Promise<void> {
  await appendEvent(tx, {
    accountId,
    topic: 'account',
    payload: {
      kind: 'audit_breach',
      invariants: [...new Set(rows.map((row) => row.invariant))].sort(),
      breaches: rows.length,
    },
  })
}

async function clear(deps: RecordDeps, gone: readonly Breach[]): Promise<void> {
  if (gone.length === 0) return
  await inTransaction(deps.db, { name: 'audit.clear' }, (tx) =>
    insertEnds(tx, {
      ids: gone.map((breach) => breach.id),
      kind: 'cleared',
      actor: 'audit:full',
      reason: 'a full audit no longer finds it',
      now: deps.clock.now().toJSDate(),
    }),
  )
}
