import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { hashOf, type AnyOperation, type Operation } from './operation.js'
import { queryClient } from './query-client.js'
import { runOperation } from './run-operation.js'

export interface ReadOptions {
  isEnabled?: boolean
  /** Show what the variables before gave until the new answer is there. */
  keepsPrevious?: boolean
}

/** A query, cached by its hash and variables. */
export function useRead<Result, Variables>(
  operation: Operation<Result, Variables>,
  variables: Variables,
  { isEnabled = true, keepsPrevious = false }: ReadOptions = {},
): UseQueryResult<Result> {
  return useQuery<Result>({
    queryKey: [hashOf(operation), variables],
    queryFn: ({ signal }) => runOperation(operation, variables, signal),
    enabled: isEnabled,
    ...(keepsPrevious ? { placeholderData: keepPreviousData } : {}),
  })
}

/** Reads these again wherever they are on the screen. */
export async function refresh(...operations: AnyOperation[]): Promise<void> {
  await Promise.all(
    operations.map((operation) => queryClient.invalidateQueries({ queryKey: [hashOf(operation)] })),
  )
}
