import { QueryFailedError } from 'typeorm'

/** The SQLSTATE of a failed statement, or null for anything that did not come from Postgres. */
export function sqlState(error: unknown): string | null {
  const driver: unknown = error instanceof QueryFailedError ? error.driverError : error
  if (typeof driver !== 'object' || driver === null || !('code' in driver)) return null
  const { code } = driver
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null
}

export function constraintName(error: unknown): string | null {
  const driver: unknown = error instanceof QueryFailedError ? error.driverError : error
  if (typeof driver !== 'object' || driver === null || !('constraint' in driver)) return null
  return typeof driver.constraint === 'string' ? driver.constraint : null
}

/** Only these two mean "nothing happened, run the whole transaction again". */
const RETRYABLE = new Set(['40001', '40P01'])

export function isRetryable(error: unknown): boolean {
  const state = sqlState(error)
  return state !== null && RETRYABLE.has(state)
}
