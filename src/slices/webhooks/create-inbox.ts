import type { Db } from '../../platform/db/data-source.js'
import { sqlState } from '../../platform/db/sql-errors.js'
import { crashPoint } from '../../platform/faults/crash-point.js'
import { STORE_BATCH_MAX, STORE_DELAY_MS, STORE_WAITING_MAX } from './domain/inbox-limits.js'
import { toStorable, type IncomingEvent, type StorableEvent } from './domain/storable.js'
import { insertEvents } from './store/inbox-rows.js'

export interface InboxOptions {
  waitingMax?: number
  batchMax?: number
  delayMs?: number
  /** Told after each commit: something waits for its consumer now. */
  onStored?: () => void
}

export type StoreResult = { ok: true } | { ok: false; reason: 'inbox-full' }

export interface Inbox {
  store(event: IncomingEvent): Promise<StoreResult>
  /** Events accepted into memory and not committed yet. */
  readonly waiting: number
  /** Resolves when everything accepted so far is committed or refused. */
  drain(): Promise<void>
}

interface Waiting {
  event: StorableEvent
  resolve: (result: StoreResult) => void
  reject: (error: unknown) => void
}

/**
 * Takes in events of providers. `store` resolves only after its own row is committed, so that an acknowledgement is never
 * a promise; an event that was stored before is acknowledged again and kept once. Events that arrive together share
 * one statement and one commit. Refuses with `inbox-full` when too many wait: the provider is then told to come
 * again. Rejects when the database cannot store it.
 */
export function createInbox(db: Db, options: InboxOptions = {}): Inbox {
  const waitingMax = options.waitingMax ?? STORE_WAITING_MAX
  const batchMax = options.batchMax ?? STORE_BATCH_MAX
  const delayMs = options.delayMs ?? STORE_DELAY_MS
  let queue: Waiting[] = []
  let storing: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined
  let unfinished = 0

  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    // One statement at a time: while it commits, the next batch gathers by itself.
    if (storing !== null || queue.length === 0) return
    const batch = queue.slice(0, batchMax)
    queue = queue.slice(batchMax)
    storing = storeBatch(db, batch).finally(() => {
      storing = null
      unfinished -= batch.length
      options.onStored?.()
      flush()
    })
  }

  return {
    get waiting() {
      return unfinished
    },
    store: (event) => {
      if (unfinished >= waitingMax) return Promise.resolve({ ok: false, reason: 'inbox-full' })
      unfinished += 1
      const stored = new Promise<StoreResult>((resolve, reject) => {
        queue.push({ event: toStorable(event), resolve, reject })
      })
      if (queue.length >= batchMax) flush()
      else if (storing === null) timer ??= setTimeout(flush, delayMs)
      return stored
    },
    drain: async () => {
      flush()
      while (storing !== null) await storing
    },
  }
}

async function storeBatch(db: Db, batch: readonly Waiting[]): Promise<void> {
  crashPoint('webhooks.store:begins')
  try {
    await insertEvents(
      db,
      batch.map((waiting) => waiting.event),
    )
    crashPoint('webhooks.store:committed')
    for (const waiting of batch) waiting.resolve({ ok: true })
  } catch (error) {
    // Class 22: Postgres refuses one event's data. Its neighbours must not suffer for it.
    if (batch.length > 1 && sqlState(error)?.startsWith('22') === true) {
      for (const waiting of batch) await storeBatch(db, [waiting])
      return
    }
    for (const waiting of batch) waiting.reject(error)
  }
}
