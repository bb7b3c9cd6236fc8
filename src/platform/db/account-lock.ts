import type { QueryRunner } from 'typeorm'

/**
 * Transactions of one account run one after another: a serializable transaction's snapshot is older than any lock
 * it waits for inside, so waiters would all fail with 40001. The lock is therefore a session lock, taken before BEGIN.
 * It saves retries; correctness rests on row locks, constraints and serializable isolation (docs/decisions/0004).
 */
const waiting = new Map<string, Promise<void>>()

/** Waits for this account's turn within the process, so that waiters do not each sit on a pool connection. */
export async function takeTurn(accountId: string): Promise<() => void> {
  const before = waiting.get(accountId)
  let finish!: () => void
  const turn = new Promise<void>((resolve) => {
    finish = resolve
  })
  const tail = (before ?? Promise.resolve()).then(() => turn)
  waiting.set(accountId, tail)
  await before
  return () => {
    if (waiting.get(accountId) === tail) waiting.delete(accountId)
    finish()
  }
}

export async function lockAccount(runner: QueryRunner, accountId: string): Promise<void> {
  await runner.query('/* db.lockAccount */ select pg_advisory_lock(hashtextextended($1, 7))', [accountId])
}

export async function unlockAccount(runner: QueryRunner, accountId: string): Promise<void> {
  await runner.query('/* db.unlockAccount */ select pg_advisory_unlock(hashtextextended($1, 7))', [accountId])
}
