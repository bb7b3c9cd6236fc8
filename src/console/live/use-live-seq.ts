import { useCallback, useSyncExternalStore } from 'react'
import type { Operation } from '../api/operation.js'
import { followSeq } from './follow-seq.js'
import { readBeginning, readShared, sharedKey } from './shared-values.js'

/**
 * The newest event of a stream that is followed from now on, first the one that it begins after. Whoever reads again
 * each time that it changes misses nothing, not even what happened between the first read and the beginning.
 */
export function useLiveSeq<Result, Variables>(
  operation: Operation<Result, Variables>,
  variables: Variables,
  seqOf: (result: Result) => number,
): number | null {
  const key = sharedKey(operation, variables)
  const subscribe = useCallback(
    (listener: () => void) => followSeq(operation, variables, seqOf, listener),
    // The key stands for operation and variables.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [key],
  )
  return useSyncExternalStore(subscribe, () => {
    const newest = readShared(key) as Result | undefined
    return newest === undefined ? (readBeginning(key) ?? null) : seqOf(newest)
  })
}
