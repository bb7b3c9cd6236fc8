import DataLoader from 'dataloader'
import type { GraphContext } from './context.js'

type BatchRead<Key, Value> = (context: GraphContext, keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>
const loaders = new WeakMap<GraphContext, Map<unknown, unknown>>()

/**
 * For field resolvers inside lists: all keys asked for in one tick become one read. Answers are not remembered,
 * because a subscription's context lives for hours. Keys that the read does not return are null.
 */
export function loadBatched<Key, Value>(
  context: GraphContext,
  read: BatchRead<Key, Value>,
  key: Key,
): Promise<Value | null> {
  const own = loaders.get(context) ?? new Map<unknown, unknown>()
  loaders.set(context, own)
  const existing = own.get(read) as DataLoader<Key, Value | null> | undefined
  const loader = existing ?? makeLoader(context, read)
  own.set(read, loader)
  return loader.load(key)
}

function makeLoader<Key, Value>(
  context: GraphContext,
  read: BatchRead<Key, Value>,
): DataLoader<Key, Value | null> {
  return new DataLoader<Key, Value | null>(
    async (keys) => {
      const found = await read(context, [...new Set(keys)])
      return keys.map((key) => found.get(key) ?? null)
    },
    { cache: false, maxBatchSize: 500 },
  )
}
