import type { Operation } from '../api/operation.js'
import { FROM_NOW } from './follow.js'
import { joinShared, sharedKey } from './shared-values.js'

/** Joins a stream of events that is followed from now on: calls when it begins, and with its events, once a frame. */
export function followSeq<Result, Variables>(
  operation: Operation<Result, Variables>,
  variables: Variables,
  seqOf: (result: Result) => number,
  listener: () => void,
): () => void {
  const position = { argument: 'afterSeq', start: FROM_NOW, of: seqOf }
  return joinShared(sharedKey(operation, variables), operation, variables, position, listener)
}
