import { pause } from '../../kernel/pause.js'
import { endable, unlessLeft } from './endable.js'
import type { EventListener } from './event-listener.js'

export interface LiveSnapshotsInput<T> {
  listener: EventListener
  accountId: string
  /** What is shown, including for whom: readers with the same key share one query. */
  key: string
  /** The shortest pause between two snapshots. */
  minIntervalMs: number
  read: () => Promise<T>
  /** Leaves out what this reader knows already. */
  isNews?: (value: T) => boolean
}

/** Also when no wake-up comes: one may be lost with its connection. */
const POLL_MS = 2_000

interface Shared<T> {
  readers: number
  version: number
  latest: { value: T; text: string } | null
  failure: Error | null
  waiting: (() => void)[]
  /** Fires when the last reader has left, so that nothing is read or waited for without anybody to show it to. */
  deserted: AbortController
}

const sharedOf = new WeakMap<EventListener, Map<string, Shared<unknown>>>()

/**
 * The current state, and then each later state that differs from it, at most one per interval. Thousands of changes a
 * second are a handful of snapshots, and a thousand readers of the same thing are one query per snapshot.
 */
export function liveSnapshots<T>(input: LiveSnapshotsInput<T>): AsyncGenerator<T, void, undefined> {
  return endable((signal) => readOn(input, signal))
}

async function* readOn<T>(
  input: LiveSnapshotsInput<T>,
  signal: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  const shared = join(input)
  let seen = 0
  try {
    while (!signal.aborted) {
      if (shared.failure !== null) throw shared.failure
      if (shared.latest === null || shared.version === seen) {
        await unlessLeft(newsOf(shared), signal)
        continue
      }
      seen = shared.version
      const { value } = shared.latest
      if (input.isNews?.(value) !== false) yield value
    }
  } finally {
    leave(input, shared)
  }
}

function newsOf(shared: Shared<unknown>): Promise<void> {
  return new Promise((resolve) => shared.waiting.push(resolve))
}

function leave<T>(input: LiveSnapshotsInput<T>, shared: Shared<T>): void {
  shared.readers -= 1
  if (shared.readers > 0) return
  forget(input, shared)
  shared.deserted.abort()
}

/** Whoever comes next begins anew. */
function forget<T>(input: LiveSnapshotsInput<T>, shared: Shared<T>): void {
  const all = sharedOf.get(input.listener)
  if (all?.get(input.key) === shared) all.delete(input.key)
}

function join<T>(input: LiveSnapshotsInput<T>): Shared<T> {
  const all = sharedOf.get(input.listener) ?? new Map<string, Shared<unknown>>()
  sharedOf.set(input.listener, all)
  const known = all.get(input.key) as Shared<T> | undefined
  if (known !== undefined) {
    known.readers += 1
    return known
  }
  const made: Shared<T> = {
    readers: 1,
    version: 0,
    latest: null,
    failure: null,
    waiting: [],
    deserted: new AbortController(),
  }
  all.set(input.key, made)
  void keepReading(input, made, made.deserted.signal).finally(() => {
    forget(input, made)
    wakeReaders(made)
  })
  return made
}

/** Reads while anybody listens; ends by itself, and hands an error to whoever listens then. */
async function keepReading<T>(
  input: LiveSnapshotsInput<T>,
  shared: Shared<T>,
  deserted: AbortSignal,
): Promise<void> {
  while (!deserted.aborted) {
    const nextWake = input.listener.wait(input.accountId, POLL_MS, deserted)
    try {
      const value = await input.read()
      const text = JSON.stringify(value)
      if (text !== shared.latest?.text) {
        shared.latest = { value, text }
        shared.version += 1
        wakeReaders(shared)
      }
    } catch (error) {
      shared.failure = error instanceof Error ? error : new Error('a live query failed', { cause: error })
      return
    }
    await unlessLeft(Promise.all([nextWake, pause(input.minIntervalMs)]), deserted)
  }
}

function wakeReaders(shared: Shared<unknown>): void {
  const waiting = shared.waiting
  shared.waiting = []
  for (const wake of waiting) wake()
}
