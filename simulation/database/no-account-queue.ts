/**
 * Stands in for platform/db/account-lock: the queue of an account within one process. All virtual processes share one
 * memory, so that queue would hold back the others while one of them is stopped. Correctness may not rest on it.
 */
export function takeTurn(): Promise<() => void> {
  return Promise.resolve(() => undefined)
}

export function lockAccount(): Promise<void> {
  return Promise.resolve()
}

export function unlockAccount(): Promise<void> {
  return Promise.resolve()
}
