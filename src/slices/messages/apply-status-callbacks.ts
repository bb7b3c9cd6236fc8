import { parseId, trustId, type AccountId, type AttemptId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { parseStatusCallback, type CallbackForm } from '../carrier/index.js'
import {
  consumeInbox,
  lockWaiting,
  markApplied,
  type AppliedRow,
  type ConsumeDeps,
  type ConsumeResult,
  type InboxConsumer,
  type InboxRow,
} from '../webhooks/index.js'
import { applyDeliveryReports, type ApplyDeps, type DeliveryReport } from './apply-delivery-reports.js'
import { attemptOwners } from './store/delivery-rows.js'
import { attemptsOfSids } from './store/restore-rows.js'

/** The inbox's name for delivery reports; their route is the attempt's token. */
export const STATUS_PROVIDER = 'twilio.status'

export type CallbackDeps = ConsumeDeps & ApplyDeps

/**
 * One pass over the delivery reports that wait: settles what they prove and moves deliveries forward, one transaction
 * for each account's share of the batch. Any number of workers may run it at once. A report for an attempt that does
 * not exist, or one that cannot be read, is done with and says so; see `consumeInbox` for what fails.
 */
export async function applyStatusCallbacks(
  deps: CallbackDeps,
  options: { limit: number } = { limit: 500 },
): Promise<ConsumeResult> {
  let targets: Targets = noTargets
  const consumer: InboxConsumer = {
    provider: STATUS_PROVIDER,
    group: async (rows) => {
      targets = await targetsOf(deps.db, rows)
      return groupByOwner(rows, targets)
    },
    apply: (rows) => applyGroup(deps, targets, rows),
  }
  return consumeInbox(deps, consumer, options)
}

interface Target {
  accountId: AccountId
  attemptId: AttemptId
}

interface Targets {
  /** By route as it was stored: the attempt that it names. */
  byRoute: ReadonlyMap<string, Target>
  /** For attempts that a restore of the database has lost: whoever has the carrier's id now. */
  bySid: ReadonlyMap<string, Target>
}

const noTargets: Targets = { byRoute: new Map(), bySid: new Map() }

function targetOf(row: InboxRow, targets: Targets): Target | undefined {
  return targets.byRoute.get(row.route) ?? targets.bySid.get(parseReport(row.params)?.sid ?? '')
}

/** The rows of each account, and those that belong to none. */
function groupByOwner(rows: readonly InboxRow[], targets: Targets): InboxRow[][] {
  const groups = new Map<string | undefined, InboxRow[]>()
  for (const row of rows) {
    const owner = targetOf(row, targets)?.accountId
    const group = groups.get(owner)
    if (group === undefined) groups.set(owner, [row])
    else group.push(row)
  }
  return [...groups.values()]
}

async function targetsOf(db: Db, rows: readonly InboxRow[]): Promise<Targets> {
  const ids = new Map<string, AttemptId>()
  for (const { route } of rows) {
    const attemptId = parseId<AttemptId>(route)
    if (attemptId !== null) ids.set(route, attemptId)
  }
  const found = await attemptOwners(db, [...new Set(ids.values())])
  const byRoute = new Map<string, Target>()
  for (const [route, attemptId] of ids) {
    const accountId = found.get(attemptId)
    if (accountId !== undefined) byRoute.set(route, { attemptId, accountId: trustId<AccountId>(accountId) })
  }
  const homeless = rows.filter((row) => !byRoute.has(row.route))
  const sids = homeless.flatMap((row) => parseReport(row.params)?.sid ?? [])
  const bySid = new Map<string, Target>()
  if (sids.length === 0) return { byRoute, bySid }
  for (const [sid, { attemptId, accountId }] of await attemptsOfSids(db, sids)) {
    bySid.set(sid, { attemptId: trustId<AttemptId>(attemptId), accountId: trustId<AccountId>(accountId) })
  }
  return { byRoute, bySid }
}

async function applyGroup(deps: CallbackDeps, targets: Targets, rows: readonly InboxRow[]): Promise<void> {
  const accountId = rows[0] && targetOf(rows[0], targets)?.accountId
  const now = deps.clock.now().toJSDate()
  await inTransaction(
    deps.db,
    { name: 'messages.applyCallbacks', ...(accountId === undefined ? {} : { accountId }) },
    async (tx) => {
      const mine = await lockWaiting(
        tx,
        rows.map((row) => row.id),
      )
      const own = rows.filter((row) => mine.has(row.id))
      if (accountId === undefined) {
        await markApplied(
          tx,
          own.map((row) => ({ id: row.id, outcome: 'unknown-attempt' })),
          now,
        )
        return
      }
      const applied: AppliedRow[] = []
      const readable: { row: InboxRow; report: DeliveryReport }[] = []
      for (const row of own) {
        const report = readReport(row, targets)
        if (report === null) applied.push({ id: row.id, outcome: 'unreadable' })
        else readable.push({ row, report })
      }
      const outcomes = await applyDeliveryReports(
        tx,
        deps,
        accountId,
        readable.map(({ report }) => report),
      )
      readable.forEach(({ row }, index) =>
        applied.push({ id: row.id, outcome: outcomes[index] ?? 'no-news' }),
      )
      await markApplied(tx, applied, now)
    },
  )
}

/** Null when the report names no message of the carrier. */
function readReport(row: InboxRow, targets: Targets): DeliveryReport | null {
  const target = targetOf(row, targets)
  const parsed = parseReport(row.params)
  if (target === undefined || parsed === null) return null
  return { attemptId: target.attemptId, sid: parsed.sid, status: parsed.status, errorCode: parsed.errorCode }
}

function parseReport(form: CallbackForm): Omit<DeliveryReport, 'attemptId'> | null {
  const parsed = parseStatusCallback(form)
  if (parsed.ok) return parsed.report
  // A word that we do not know still proves that the carrier has the message: it counts as the weakest one.
  if (parsed.reason !== 'unknown-status') return null
  const weakest = parseStatusCallback({ ...form, MessageStatus: 'accepted' })
  return weakest.ok ? { ...weakest.report, errorCode: null } : null
}
