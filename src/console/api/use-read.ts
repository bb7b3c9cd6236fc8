import { keepPreviousData, useQuery, type Query } from '@tanstack/react-query'
import { useState } from 'react'
import { newKey } from './new-key.js'
import { hashOf, type AnyOperation, type Operation } from './operation.js'
import { queryClient } from './query-client.js'
import { runOperation } from './run-operation.js'

export interface ReadOptions {
  isEnabled?: boolean
  /** Show what the variables before gave until the new answer is there. */
  keepsPrevious?: boolean
  /** Show nothing that was read before: for a form, which keeps what it begins with. */
  isFresh?: boolean
}

export interface Read<Result> {
  readonly data: Result | undefined
  /** Why there is nothing to show. */
  readonly error: Error | null
  /** Why `data` is not the newest. StaleNotice says so for all; a screen stays, with what was typed into it. */
  readonly staleError: Error | null
  readonly isFetching: boolean
  readonly isPlaceholderData: boolean
  readonly refetch: () => Promise<unknown>
}

/** A query, cached by its hash and variables. */
export function useRead<Result, Variables>(
  operation: Operation<Result, Variables>,
  variables: Variables,
  { isEnabled = true, keepsPrevious = false, isFresh = false }: ReadOptions = {},
): Read<Result> {
  const [own] = useState(() => (isFresh ? [newKey()] : []))
  const query = useQuery<Result>({
    queryKey: [hashOf(operation), variables, ...own],
    queryFn: ({ signal }) => runOperation(operation, variables, signal),
    enabled: isEnabled,
    ...(keepsPrevious ? { placeholderData: keepPreviousData } : {}),
  })
  // Getters, because a screen is drawn again only for what it has asked for.
  return {
    get data() {
      return query.data
    },
    get error() {
      return query.data === undefined ? query.error : null
    },
    get staleError() {
      return query.data === undefined ? null : query.error
    },
    get isFetching() {
      return query.isFetching
    },
    get isPlaceholderData() {
      return query.isPlaceholderData
    },
    get refetch() {
      return query.refetch
    },
  }
}

/** After a mutation: a read that is under way was asked before it, so it is given up for a new one. */
export async function refreshAfterChange(...operations: AnyOperation[]): Promise<void> {
  await Promise.all(
    operations.map((operation) => queryClient.invalidateQueries({ queryKey: [hashOf(operation)] })),
  )
}

/**
 * Reads these again wherever they are on the screen. A read that is under way is let finish, and done once more after
 * it: pushes that come faster than the server answers would otherwise keep it from ever being shown.
 */
export async function refresh(...operations: AnyOperation[]): Promise<void> {
  const queries = operations.flatMap((operation) =>
    queryClient.getQueryCache().findAll({ queryKey: [hashOf(operation)] }),
  )
  await Promise.all(queries.map(readOnceMore))
}

/** Queries whose read under way began before the newest push. */
const outdated = new Set<string>()
const joining = { cancelRefetch: false }

async function readOnceMore({ queryKey, queryHash, state }: Query): Promise<void> {
  if (outdated.has(queryHash)) return
  const only = { queryKey, exact: true }
  if (state.fetchStatus === 'fetching') {
    outdated.add(queryHash)
    await queryClient.refetchQueries(only, joining)
    outdated.delete(queryHash)
  }
  await queryClient.invalidateQueries(only, joining)
}
