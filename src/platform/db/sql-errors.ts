import { isNativeError } from 'node:util/types'
import { QueryFailedError } from 'typeorm'
import { AppError } from '../../kernel/errors.js'

/** The SQLSTATE of a failed statement, or null for anything that did not come from Postgres. */
export function sqlState(error: unknown): string | null {
  const driver: unknown = error instanceof QueryFailedError ? error.driverError : error
  if (typeof driver !== 'object' || driver === null || !('code' in driver)) return null
  const { code } = driver
  // Each has a digit; `EPIPE`, the code of a broken socket, has none.
  return typeof code === 'string' && /^(?=.*\d)[0-9A-Z]{5}$/.test(code) ? code : null
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

/** Connection, resources, operator, locks, serialization; a standby that is not promoted yet takes no writes. */
const OUTAGE_STATES = /^(08|40|53|57|58|XX)|^(55P03|25P03|25006)$/

/** The state of everything that Postgres cannot do; only its words tell that this server cannot do it yet. */
const FEATURE_NOT_SUPPORTED = '0A000'
const STANDBY_WORDS = /hot standby|during recovery/i

/** The database could not work, whatever it was asked to do: the same may succeed later. */
export function isOutage(error: unknown): boolean {
  if (error instanceof AppError) return error.retry !== 'never'
  const state = sqlState(error)
  if (state === FEATURE_NOT_SUPPORTED) return isNativeError(error) && STANDBY_WORDS.test(error.message)
  return state === null ? isSocketError(error) : OUTAGE_STATES.test(state)
}

/** What the driver and Node.js say when a connection cannot be made, or breaks without a word of Postgres. */
export function isSocketError(error: unknown): boolean {
  if (!isNativeError(error)) return false
  // Where a name has several addresses and none answers, the message is empty and only the code speaks.
  const code = 'code' in error ? String(error.code) : ''
  return /connection|ECONNRESET|ECONNREFUSED|EPIPE|socket|timeout/i.test(`${error.message} ${code}`)
}
