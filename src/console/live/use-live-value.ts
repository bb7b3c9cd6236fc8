import { useCallback, useSyncExternalStore } from 'react'
import type { Operation } from '../api/operation.js'
import type { Position } from './follow.js'
import { joinShared, readShared, sharedKey } from './shared-values.js'

export interface LiveValueOptions<Result> {
  isEnabled?: boolean
  position?: Position<Result>
}

/** The newest result of a subscription whose results each say everything; null until the first is there. */
export function useLiveValue<Result, Variables, Value>(
  operation: Operation<Result, Variables>,
  variables: Variables,
  pick: (result: Result) => Value | null | undefined,
  { isEnabled = true, position }: LiveValueOptions<Result> = {},
): Value | null {
  const key = sharedKey(operation, variables)
  const subscribe = useCallback(
    (listener: () => void) =>
      isEnabled ? joinShared(key, operation, variables, position, listener) : () => undefined,
    // The key stands for operation and variables; the position is the same wherever they are.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [key, isEnabled],
  )
  const newest = useSyncExternalStore(subscribe, () => (isEnabled ? readShared(key) : undefined)) as
    Result | undefined
  return newest === undefined ? null : (pick(newest) ?? null)
}
