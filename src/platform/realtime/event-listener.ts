import pg from 'pg'
import { EVENT_CHANNEL } from './event-log.js'

/** Woken whenever an account may have new events. Wake-ups can be lost or doubled; readers ask the log by sequence. */
export interface EventListener {
  /** Resolves at the next wake-up for this account, or after `timeoutMs` at the latest. */
  wait(accountId: string, timeoutMs: number, signal?: AbortSignal): Promise<void>
  /** Calls back with the account id on each wake-up. Returns how to stop. */
  subscribe(onWake: (accountId: string) => void): () => void
  stop(): Promise<void>
}

export interface ListenerDeps {
  databaseUrl: string
  onError: (error: unknown) => void
}

const RECONNECT_DELAY_MS = 500
const CONNECT_TIMEOUT_MS = 5_000

/** One LISTEN connection for the whole process: NOTIFY costs the database more with each listener. */
export async function startEventListener(deps: ListenerDeps): Promise<EventListener> {
  const subscribers = new Set<(accountId: string) => void>()
  let client: pg.Client | null = null
  let stopped = false
  let reconnect: NodeJS.Timeout | undefined

  const wakeAll = (accountId: string): void => {
    for (const wake of [...subscribers]) wake(accountId)
  }

  async function connect(): Promise<void> {
    const next = new pg.Client({
      connectionString: deps.databaseUrl,
      application_name: 'tollgate-listener',
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: CONNECT_TIMEOUT_MS,
    })
    next.on('notification', (notice) => {
      if (notice.payload !== undefined) wakeAll(notice.payload)
    })
    // Only the connection that listens is missed when it ends; one that was given up must not take its place away.
    const lose = (): void => {
      if (next === client) scheduleReconnect()
    }
    next.on('error', (error) => {
      if (next === client) deps.onError(error)
      lose()
      endWithoutWaiting(next)
    })
    next.on('end', lose)
    try {
      await next.connect()
      await next.query(`/* realtime.listen */ listen ${EVENT_CHANNEL}`)
    } catch (error) {
      // A standby takes connections and refuses this until it is promoted: each try would leave one behind.
      endWithoutWaiting(next)
      throw error
    }
    if (stopped) await next.end()
    else client = next
  }

  function scheduleReconnect(): void {
    client = null
    if (stopped || reconnect !== undefined) return
    reconnect = setTimeout(() => {
      reconnect = undefined
      connect().catch((error: unknown) => {
        deps.onError(error)
        scheduleReconnect()
      })
    }, RECONNECT_DELAY_MS)
  }

  await connect()
  const subscribe = (onWake: (accountId: string) => void): (() => void) => {
    subscribers.add(onWake)
    return () => subscribers.delete(onWake)
  }
  return {
    subscribe,
    wait: (accountId, timeoutMs, signal) =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer)
          unsubscribe()
          signal?.removeEventListener('abort', done)
          resolve()
        }
        const timer = setTimeout(done, timeoutMs)
        const unsubscribe = subscribe((woken) => {
          if (woken === accountId) done()
        })
        if (signal?.aborted === true) done()
        else signal?.addEventListener('abort', done)
      }),
    stop: async () => {
      stopped = true
      clearTimeout(reconnect)
      await client?.end()
    },
  }
}

/** The other side may be gone: nobody waits until it has said so. */
function endWithoutWaiting(client: pg.Client): void {
  client.end().catch(() => undefined)
}
