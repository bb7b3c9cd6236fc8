import { AsyncLocalStorage } from 'node:async_hooks'
import type { EntityManager, QueryRunner } from 'typeorm'
import { assert } from '../../kernel/assert.js'
import { AppError } from '../../kernel/errors.js'
import { systemRandom, type Random } from '../../kernel/random.js'
import { pause } from '../../kernel/pause.js'
import { lockAccount, takeTurn, unlockAccount } from './account-lock.js'
import type { Db } from './data-source.js'
import { isRetryable, isSocketError, sqlState } from './sql-errors.js'
import { crashPoint } from '../faults/crash-point.js'

/** An open transaction. Only inTransaction makes one; every function that writes takes it as first parameter. */
export interface Tx {
  query<Row = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<Row[]>
  readonly manager: EntityManager
  /** The account whose lock this transaction holds, if any. */
  readonly lockedAccountId: string | null
  /** Runs after the commit was acknowledged, in order; never after a rollback. */
  onCommit(effect: () => void): void
}

export interface TransactionOptions {
  /** Shown in errors and metrics: `credits.grant`. */
  name: string
  /** Take this account's lock first. Everything that moves credits, claims messages or appends events needs it. */
  accountId?: string
  random?: Random
  attemptsMax?: number
}

/**
 * The connection broke after COMMIT was sent: it may or may not have taken effect. The caller repeats the same
 * operation under the same unique key, or leaves it to a sweeper; it must not assume either outcome.
 */
export class AmbiguousCommit extends AppError {
  override readonly name = 'AmbiguousCommit'
  constructor(transaction: string, cause: unknown) {
    super({
      code: 'db.ambiguous-commit',
      publicMessage:
        'The outcome of this operation is not known yet. Repeat it with the same idempotency key.',
      internalMessage: `no acknowledgement for the commit of ${transaction}`,
      retry: 'unknown-outcome',
      cause,
    })
  }
}

const RETRY_DELAY_MAX_MS = 100

/**
 * A sequential scan counts as having read the whole table, so that on young, small tables the transactions of different
 * accounts would conflict with each other all the time. Index scans count as what they read.
 */
const BEGIN = 'begin isolation level serializable; set local enable_seqscan = off'
let openTransaction: AsyncLocalStorage<string> | null = new AsyncLocalStorage()
const statistics = { committed: 0, aborted: 0 }

/** Committed and aborted (retried) transactions of this process since it started. */
export function transactionStatistics(): Readonly<typeof statistics> {
  return { ...statistics }
}

/** Adapters that talk to the network call this first: a call inside a transaction would hold locks for seconds. */
export function assertNoTransaction(): void {
  const name = openTransaction?.getStore()
  assert(name === undefined, `network call while transaction ${name ?? ''} is open`)
}

/**
 * For production: before Node.js 24 following who opened a transaction costs a tenth of a sender's processor time. Every
 * test and every developer's run keeps the guard.
 */
export function trustTransactions(): void {
  openTransaction = null
}

/**
 * Runs the body in a SERIALIZABLE transaction and commits it. On 40001 or 40P01 the whole body runs again in a new
 * transaction, so it must be safe to run twice and must not touch the network. Throws AmbiguousCommit when the
 * commit's acknowledgement was lost, and whatever the body throws otherwise.
 */
export async function inTransaction<T>(
  db: Db,
  options: TransactionOptions,
  body: (tx: Tx) => Promise<T>,
): Promise<T> {
  assertNoTransaction()
  const attemptsMax = options.attemptsMax ?? 60
  const random = options.random ?? systemRandom
  for (let attempt = 1; ; attempt += 1) {
    try {
      const result = await runOnce(db, options, body)
      statistics.committed += 1
      return result
    } catch (error) {
      if (!isRetryable(error) || attempt >= attemptsMax) throw error
      statistics.aborted += 1
      await pause(random.next() * Math.min(RETRY_DELAY_MAX_MS, 5 * 2 ** Math.min(attempt, 10)))
    }
  }
}

async function runOnce<T>(db: Db, options: TransactionOptions, body: (tx: Tx) => Promise<T>): Promise<T> {
  const endTurn = options.accountId === undefined ? undefined : await takeTurn(options.accountId)
  try {
    const runner = await begin(db, options)
    try {
      return await commitBody(runner, options, body)
    } finally {
      await giveBack(runner, options.accountId)
    }
  } finally {
    endTurn?.()
  }
}

/** More than any pool holds; each try needs a connection that could be made, so that a server that is away ends them. */
const DEAD_CONNECTIONS_MAX = 100

/**
 * A connection that the server closed while it lay in the pool says so only to its first statement: a process that was
 * stopped for longer than idle_session_timeout finds all of them so. Nothing has begun then, and the next one is taken.
 */
async function begin(db: Db, options: TransactionOptions): Promise<QueryRunner> {
  for (let dead = 0; ; dead += 1) {
    const runner = db.dataSource.createQueryRunner()
    await runner.connect()
    try {
      if (options.accountId !== undefined) await lockAccount(runner, options.accountId)
      await runner.query(`/* ${options.name} */ ${BEGIN}`)
      return runner
    } catch (error) {
      await giveBack(runner, options.accountId)
      if (dead >= DEAD_CONNECTIONS_MAX || !isConnectionLoss(error)) throw error
    }
  }
}

async function giveBack(runner: QueryRunner, lockedAccountId: string | undefined): Promise<void> {
  if (lockedAccountId !== undefined) await unlockQuietly(runner, lockedAccountId)
  await runner.release()
}

/** A connection that cannot unlock is broken, and a broken connection has lost its session locks already. */
async function unlockQuietly(runner: QueryRunner, accountId: string): Promise<void> {
  try {
    await unlockAccount(runner, accountId)
  } catch {
    // The outcome of the transaction is what the caller needs to hear.
  }
}

async function commitBody<T>(
  runner: QueryRunner,
  options: TransactionOptions,
  body: (tx: Tx) => Promise<T>,
): Promise<T> {
  const effects: (() => void)[] = []
  let result: T
  try {
    const tx = makeTx(runner, options, effects)
    result = await (openTransaction === null ? body(tx) : openTransaction.run(options.name, () => body(tx)))
  } catch (error) {
    await rollbackQuietly(runner)
    throw error
  }
  crashPoint(`${options.name}:written`)
  await sendCommit(runner, options.name)
  crashPoint(`${options.name}:committed`)
  for (const effect of effects) effect()
  return result
}

function makeTx(runner: QueryRunner, options: TransactionOptions, effects: (() => void)[]): Tx {
  return {
    query: async <Row>(sql: string, params: readonly unknown[] = []) => {
      const rows: unknown = await runner.query(sql, [...params])
      return rowsOf<Row>(rows)
    },
    manager: runner.manager,
    lockedAccountId: options.accountId ?? null,
    onCommit: (effect) => effects.push(effect),
  }
}

/** TypeORM answers an UPDATE or DELETE as [rows, count] and everything else as rows. */
function rowsOf<Row>(answer: unknown): Row[] {
  if (!Array.isArray(answer)) return []
  const isPair = answer.length === 2 && Array.isArray(answer[0]) && typeof answer[1] === 'number'
  return (isPair ? answer[0] : answer) as Row[]
}

async function sendCommit(runner: QueryRunner, name: string): Promise<void> {
  try {
    // The SELECT raises 25P02 when the body swallowed a failed statement: a COMMIT alone would then silently roll back.
    await runner.query('/* db.commit */ select 1; commit')
  } catch (error) {
    // Postgres answered: the commit failed for certain (40001 is reported here too). No answer: nobody knows.
    if (sqlState(error) !== null && !isConnectionLoss(error)) {
      await rollbackQuietly(runner)
      throw error
    }
    throw new AmbiguousCommit(name, error)
  }
}

async function rollbackQuietly(runner: QueryRunner): Promise<void> {
  try {
    await runner.query('/* db.rollback */ rollback')
  } catch {
    // The connection is gone and Postgres has rolled back already; the first error is the one to report.
  }
}

/** Class 08 and 57P0x: the server closed the session, or the socket broke without an SQLSTATE. */
function isConnectionLoss(error: unknown): boolean {
  if (error instanceof AmbiguousCommit) return true
  const state = sqlState(error)
  if (state !== null) return state.startsWith('08') || state.startsWith('57P0') || state === '25P03'
  return isSocketError(error)
}

/** A plain read outside any transaction. */
export async function readQuery<Row = Record<string, unknown>>(
  db: Db,
  sql: string,
  params: readonly unknown[] = [],
): Promise<Row[]> {
  const rows: unknown = await db.dataSource.query(sql, [...params])
  return rowsOf<Row>(rows)
}
