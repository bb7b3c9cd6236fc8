import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { RefusalFragment } from '../generated/graphql.js'
import type { AnyOperation, Operation } from './operation.js'
import { runOperation } from './run-operation.js'
import { refreshAfterChange } from './use-read.js'

/** What every mutation answers: something done, or a refusal in words. */
type Outcome<Result> = Result | (RefusalFragment & { __typename: 'Refused' })
type Done<Value> = Exclude<Value, { __typename: 'Refused' }>

export interface Action<Variables, Value> {
  /** Resolves to what was done; to null after a refusal or a failure, which are kept here. */
  run: (variables: Variables) => Promise<Done<Value> | null>
  isRunning: boolean
  refusal: RefusalFragment | null
  failure: Error | null
  reset: () => void
}

/** A mutation whose refusals are values. `refreshes` are read again after it has changed something. */
export function useAction<Result, Variables, Value extends { __typename: string }>(
  operation: Operation<Result, Variables>,
  pick: (result: Result) => Outcome<Value>,
  refreshes: readonly AnyOperation[] = [],
): Action<Variables, Value> {
  const [refusal, setRefusal] = useState<RefusalFragment | null>(null)
  const mutation = useMutation({
    mutationFn: (variables: Variables) => runOperation(operation, variables),
  })
  return {
    isRunning: mutation.isPending,
    refusal,
    failure: mutation.error,
    reset: () => {
      setRefusal(null)
      mutation.reset()
    },
    run: async (variables) => {
      setRefusal(null)
      try {
        const outcome = pick(await mutation.mutateAsync(variables))
        if (isRefused(outcome)) {
          setRefusal(outcome)
          return null
        }
        await refreshAfterChange(...refreshes)
        return outcome as Done<Value>
      } catch {
        // Kept in `failure`, which the screen shows.
        return null
      }
    },
  }
}

function isRefused(value: { __typename: string }): value is RefusalFragment & { __typename: 'Refused' } {
  return value.__typename === 'Refused'
}
