import { persisted, type Operation } from '../api/operation.js'
import { addView } from './connection-state.js'
import { beginAfterNewest } from './begin-after-newest.js'
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
  onError: (error: Error) => void
}

/**
 * Follows a subscription until the returned function is called. graphql-ws sends the same request again after each lost
 * connection; its variables are read at that moment, so the stream goes on after the last event that arrived: nothing is
 * missed and nothing comes twice.
 */
export function follow<Result, Variables>(
  operation: Operation<Result, Variables>,
  variables: Variables,
  { position, onBegin, onResult, onError }: FollowOptions<Result>,
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
  const begin = (): (() => void) =>
    liveClient.subscribe<Result>(request, {
      next: ({ data, errors }) => {
        if (data == null) {
          onError(new Error(errors?.[0]?.message ?? 'The server ended this view.'))
          return
        }
        last = position?.of(data) ?? last
        onResult(data)
      },
      error: (error) => {
        onError(toError(error))
      },
      complete: () => undefined,
    })
  const leave =
    position?.start === FROM_NOW
      ? beginAfterNewest((seq) => {
          last = seq
          onBegin?.(seq)
          return begin()
        })
      : begin()
  return () => {
    leave()
    leaveView()
  }
}

function toError(error: unknown): Error {
  if (error instanceof Error) return error
  if (Array.isArray(error)) return new Error((error[0] as { message?: string }).message ?? 'refused')
  return new Error('The live connection was closed.')
}
