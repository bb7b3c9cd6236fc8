import { persisted, type Operation } from '../api/operation.js'
import { beginAfterNewest } from './begin-after-newest.js'
import { addView } from './connection-state.js'
import { keepGoing, type Run } from './keep-going.js'
import { liveClient } from './live-client.js'

/** Begin with the next event, and know which one is the newest now. */
export const FROM_NOW = 'now'

export interface Position<Result> {
  /** The argument by which the server goes on: `afterSeq`, `afterId`. */
  argument: string
  /** Where to begin. `now` asks for the newest event first; left out, the server decides what comes first. */
  start?: number | string | undefined
  /** The place of a result in its stream. */
  of: (result: Result) => number | string | undefined
}

export interface FollowOptions<Result> {
  /** For streams of events. Snapshots need none: each says everything. */
  position?: Position<Result>
  /** Called once it is settled which event the stream goes on after: what was read earlier may miss something. */
  onBegin?: ((seq: number) => void) | undefined
  onResult: (result: Result) => void
}

/**
 * Follows a subscription until the returned function is called. graphql-ws sends the same request again after each lost
 * connection, and we do when the server has ended this one stream, as it does when its database is away for a moment. The
 * variables are read when it is sent, so that it goes on after the last event that arrived: nothing is missed or comes twice.
 */
export function follow<Result, Variables>(
  operation: Operation<Result, Variables>,
  variables: Variables,
  { position, onBegin, onResult }: FollowOptions<Result>,
): () => void {
  let last = position?.start === FROM_NOW ? undefined : position?.start
  const request = {
    query: '',
    extensions: persisted(operation),
    get variables(): Record<string, unknown> {
      const place = position === undefined || last === undefined ? {} : { [position.argument]: last }
      return { ...variables, ...place }
    },
  }
  const leaveView = addView()
  const stream = (run: Run): (() => void) =>
    liveClient.subscribe<Result>(request, {
      next: ({ data, errors }) => {
        if (data == null) {
          // Begun again after the event before, so that this one is not passed over.
          run.failed(errors)
          return
        }
        run.alive()
        last = position?.of(data) ?? last
        onResult(data)
      },
      error: run.failed,
      complete: () => {
        run.failed(null)
      },
    })
  const leave = keepGoing((run) => {
    if (position?.start !== FROM_NOW || last !== undefined) return stream(run)
    return beginAfterNewest((seq) => {
      last = seq
      onBegin?.(seq)
      return stream(run)
    }, run.failed)
  })
  return () => {
    leave()
    leaveView()
  }
}
