import { assert } from '../../kernel/assert.js'
import { AppError } from '../../kernel/errors.js'
import type { Clock } from '../../kernel/clock.js'
import type { Db } from '../../platform/db/data-source.js'
import { isOutage, sqlState } from '../../platform/db/sql-errors.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { decideRetry } from './domain/retry.js'
import { READ_BATCH_MAX, TRIES_MAX } from './domain/inbox-limits.js'
import { writeFailure } from './store/failed-rows.js'
import { readWaiting, type InboxRow } from './store/inbox-rows.js'

export interface ConsumeDeps {
  db: Db
  clock: Clock
  log: ConsumeLog
}

export interface ConsumeLog {
  warn(fields: { jobId?: string; reason?: string; err?: unknown }, event: string): void
}

/** The slice that understands a provider's events. */
export interface InboxConsumer {
  provider: string
  /** Events that are applied together, in one transaction. Every row must be in exactly one group. */
  group(rows: readonly InboxRow[]): Promise<readonly (readonly InboxRow[])[]>
  /**
   * Applies a group: locks its rows with `lockWaiting`, leaves out those it did not get, and ends each with `markApplied`
   * in the same transaction. Throws for what cannot be applied; expected oddities are outcomes.
   */
  apply(rows: readonly InboxRow[]): Promise<void>
}

export interface ConsumeResult {
  read: number
  failed: number
  quarantined: number
}

/**
 * One pass over what waits for a consumer, oldest first. An event that cannot be applied is found by halving its group,
 * counted, tried again later and set aside in the end; the others of the group are applied in the same pass.
 * Throws when the database is out of order: that is no event's fault, and everything still waits.
 */
export async function consumeInbox(
  deps: ConsumeDeps,
  consumer: InboxConsumer,
  options: { limit: number },
): Promise<ConsumeResult> {
  assert(options.limit <= READ_BATCH_MAX, 'the inbox is read in batches')
  const now = deps.clock.now().toJSDate()
  const rows = await readWaiting(deps.db, { provider: consumer.provider, now, limit: options.limit })
  const result: ConsumeResult = { read: rows.length, failed: 0, quarantined: 0 }
  if (rows.length === 0) return result
  for (const group of await consumer.group(rows)) await applyOrHalve(deps, consumer, group, result)
  return result
}

async function applyOrHalve(
  deps: ConsumeDeps,
  consumer: InboxConsumer,
  rows: readonly InboxRow[],
  result: ConsumeResult,
): Promise<void> {
  try {
    await consumer.apply(rows)
  } catch (error) {
    if (isOutage(error)) throw error
    const [first] = rows
    if (rows.length === 1 && first !== undefined) {
      await recordFailure(deps, first, error, result)
      return
    }
    const middle = Math.ceil(rows.length / 2)
    await applyOrHalve(deps, consumer, rows.slice(0, middle), result)
    await applyOrHalve(deps, consumer, rows.slice(middle), result)
  }
}

async function recordFailure(
  deps: ConsumeDeps,
  row: InboxRow,
  error: unknown,
  result: ConsumeResult,
): Promise<void> {
  const now = deps.clock.now()
  const { delayMs } = decideRetry(row.tries)
  const { quarantined } = await inTransaction(deps.db, { name: 'webhooks.fail' }, (tx) =>
    writeFailure(tx, {
      id: row.id,
      problem: problemOf(error),
      now: now.toJSDate(),
      retryAt: now.plus({ milliseconds: delayMs }).toJSDate(),
      triesMax: TRIES_MAX,
    }),
  )
  result.failed += 1
  if (quarantined) result.quarantined += 1
  deps.log.warn(
    { jobId: row.id, err: error },
    quarantined ? 'webhooks.event.quarantined' : 'webhooks.event.failed',
  )
}

/** Which kind of failure, without the words of the error: those may quote a phone number. */
function problemOf(error: unknown): string {
  if (error instanceof AppError) return error.code
  const state = sqlState(error)
  if (state !== null) return `sqlstate ${state}`
  return error instanceof Error ? error.name : 'unknown'
}
