import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { hashOf, type Operation } from './operation.js'
import { runOperation } from './run-operation.js'

export interface Connection<Row> {
  edges: readonly { node: Row }[]
  pageInfo: { hasNextPage: boolean; endCursor?: string | null }
}

export interface Pages<Row> {
  rows: readonly Row[]
  isLoading: boolean
  /** Why there are no rows, or no more of them. That the ones shown may not be the newest, StaleNotice says. */
  error: Error | null
  hasMore: boolean
  isLoadingMore: boolean
  loadMore: () => void
}

/** A Relay connection, page after page, as one list. */
export function usePages<Result, Variables, Row>(
  operation: Operation<Result, Variables>,
  variables: Omit<Variables, 'after'>,
  pick: (result: Result) => Connection<Row> | null | undefined,
  { isEnabled = true }: { isEnabled?: boolean } = {},
): Pages<Row> {
  const query = useInfiniteQuery({
    // Not the place of useRead: the same operation may be read both ways, and the two keep different shapes.
    queryKey: [hashOf(operation), 'pages', variables],
    queryFn: ({ pageParam, signal }) =>
      runOperation(operation, { ...variables, after: pageParam } as Variables, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => {
      const info = pick(last)?.pageInfo
      return info?.hasNextPage === true ? (info.endCursor ?? null) : null
    },
    enabled: isEnabled,
  })
  const pages = query.data?.pages
  const rows = useMemo(
    () => (pages ?? []).flatMap((page) => pick(page)?.edges.map(({ node }) => node) ?? []),
    // `pick` is written in place and does the same each time.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [pages],
  )
  return {
    rows,
    isLoading: query.isPending && query.isFetching,
    error: pages === undefined || query.isFetchNextPageError ? query.error : null,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
    },
  }
}
