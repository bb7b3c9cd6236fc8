import { notifyManager, type Query } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { queryClient } from './query-client.js'

/** Why something on the screen is not the newest; null while everything is. */
export function useStaleError(): Error | null {
  return useSyncExternalStore(
    subscribe,
    () => queryClient.getQueryCache().getAll().find(isStale)?.state.error ?? null,
  )
}

export async function readStaleAgain(): Promise<void> {
  await queryClient.refetchQueries({ predicate: isStale }, { cancelRefetch: false })
}

/** The next page of a list is no news of what is shown: the list itself says that it did not come. */
function isStale(query: Query): boolean {
  const { data, status, fetchMeta } = query.state
  return query.isActive() && status === 'error' && data !== undefined && fetchMeta?.fetchMore === undefined
}

/** Batched, because the cache tells of queries that are made while something is being drawn. */
function subscribe(listener: () => void): () => void {
  return queryClient.getQueryCache().subscribe(notifyManager.batchCalls(listener))
}
