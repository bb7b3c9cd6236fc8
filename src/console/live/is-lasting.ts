import { OperationFailed } from '../api/run-operation.js'
import { CLOSE_UNAUTHORIZED, isClose } from './close-event.js'

/** Of the errors in which a subscription ends. */
interface Refusal {
  extensions?: { retry?: string }
}

/** Whether the server would say the same again. An outage, a restart and a lost connection pass. */
export function isLasting(error: unknown): boolean {
  if (error instanceof OperationFailed) return error.isLasting
  if (Array.isArray(error)) return (error as Refusal[])[0]?.extensions?.retry === 'never'
  return isClose(error, CLOSE_UNAUTHORIZED)
}
