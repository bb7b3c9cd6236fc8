import { runOperation } from '../api/run-operation.js'
import { EventPositionDocument } from '../generated/graphql.js'

/**
 * Asks for the newest event and then begins after it. A stream that only said "from now on" would begin whenever the
 * server got to it, and begin anew after a lost connection: what happened meanwhile would be missed.
 */
export function beginAfterNewest(
  begin: (seq: number) => () => void,
  onError: (error: unknown) => void,
): () => void {
  const leaving = new AbortController()
  let leave = (): void => undefined
  runOperation(EventPositionDocument, {}, leaving.signal).then(
    ({ eventPosition }) => {
      if (!leaving.signal.aborted) leave = begin(eventPosition)
    },
    (error: unknown) => {
      if (!leaving.signal.aborted) onError(error)
    },
  )
  return () => {
    leaving.abort()
    leave()
  }
}
