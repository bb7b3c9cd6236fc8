import { OperationFailed, runOperation } from '../api/run-operation.js'
import { EventPositionDocument } from '../generated/graphql.js'

const RETRY_MS = 1_000

/**
 * Asks for the newest event and then begins after it. A stream that only said "from now on" would begin whenever the
 * server got to it, and begin anew after a lost connection: what happened meanwhile would be missed.
 */
export function beginAfterNewest(begin: (seq: number) => () => void): () => void {
  const leaving = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  let leave = (): void => undefined
  const ask = (): void => {
    runOperation(EventPositionDocument, {}, leaving.signal).then(
      ({ eventPosition }) => {
        if (!leaving.signal.aborted) leave = begin(eventPosition)
      },
      (error: unknown) => {
        const isLasting =
          error instanceof OperationFailed && error.code !== 'OFFLINE' && error.code !== 'INTERNAL'
        if (!leaving.signal.aborted && !isLasting) timer = setTimeout(ask, RETRY_MS)
      },
    )
  }
  ask()
  return () => {
    leaving.abort()
    clearTimeout(timer)
    leave()
  }
}
