import { hashOf, type Operation } from '../api/operation.js'
import { createFrameBatch } from './frame-batch.js'
import { follow, type Position } from './follow.js'

export interface SharedValue {
  newest: unknown
  /** The event after which the stream began, when it follows from now on. */
  beganAfter: number | undefined
  listeners: Set<() => void>
  leave: () => void
}

const values = new Map<string, SharedValue>()

export function sharedKey<Result, Variables>(
  operation: Operation<Result, Variables>,
  variables: Variables,
): string {
  return JSON.stringify([hashOf(operation), variables])
}

/** What was pushed last, for whoever reads between two pushes. */
export function readShared(key: string): unknown {
  return values.get(key)?.newest
}

export function readBeginning(key: string): number | undefined {
  return values.get(key)?.beganAfter
}

/** Joins the one subscription that everybody on the page shares who shows the same thing; the last one ends it. */
export function joinShared<Result, Variables>(
  key: string,
  operation: Operation<Result, Variables>,
  variables: Variables,
  position: Position<Result> | undefined,
  listener: () => void,
): () => void {
  const shared = values.get(key) ?? open(key, operation, variables, position)
  shared.listeners.add(listener)
  return () => {
    shared.listeners.delete(listener)
    if (shared.listeners.size > 0) return
    values.delete(key)
    shared.leave()
  }
}

function open<Result, Variables>(
  key: string,
  operation: Operation<Result, Variables>,
  variables: Variables,
  position: Position<Result> | undefined,
): SharedValue {
  const shared: SharedValue = {
    newest: undefined,
    beganAfter: undefined,
    listeners: new Set(),
    leave: () => undefined,
  }
  const tell = (): void => {
    for (const listener of [...shared.listeners]) listener()
  }
  const batch = createFrameBatch<Result>((results) => {
    shared.newest = results.at(-1)
    tell()
  })
  const leave = follow(operation, variables, {
    ...(position === undefined ? {} : { position }),
    onBegin: (seq) => {
      shared.beganAfter = seq
      tell()
    },
    onResult: batch.add,
  })
  shared.leave = () => {
    leave()
    batch.stop()
  }
  values.set(key, shared)
  return shared
}
