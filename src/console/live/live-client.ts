import { createClient } from 'graphql-ws'
import { reportSessionEnd } from '../api/session-end.js'
import { setConnection } from './connection-state.js'

const PING_EVERY_MS = 10_000
const PONG_WITHIN_MS = 5_000
const RETRY_FIRST_MS = 250
const RETRY_MAX_MS = 5_000
const LINGER_MS = 2_000
const CLOSE_UNAUTHORIZED = 4401
const CLOSE_TERMINATED = 4499

let socket: WebSocket | null = null
let pongTimer: ReturnType<typeof setTimeout> | undefined

/**
 * The one socket of the page. It opens with the first live view, closes with the last, and comes back by itself for as
 * long as anybody looks. A connection that answers no ping is dead, whatever the browser thinks of it.
 */
export const liveClient = createClient({
  url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
  lazy: true,
  // From one screen to the next it stays open.
  lazyCloseTimeout: LINGER_MS,
  keepAlive: PING_EVERY_MS,
  retryAttempts: Number.POSITIVE_INFINITY,
  retryWait: waitBeforeRetry,
  shouldRetry: (event) => !isUnauthorized(event),
  on: {
    connecting: (isRetry) => {
      setConnection(isRetry ? 'reconnecting' : 'connecting')
    },
    connected: (opened) => {
      socket = opened as WebSocket
      setConnection('connected')
    },
    ping: (isReceived) => {
      if (isReceived) return
      pongTimer = setTimeout(() => {
        if (socket?.readyState === WebSocket.OPEN) socket.close(CLOSE_TERMINATED, 'No answer')
      }, PONG_WITHIN_MS)
    },
    pong: (isReceived) => {
      if (isReceived) clearTimeout(pongTimer)
    },
    closed: (event) => {
      clearTimeout(pongTimer)
      if (isUnauthorized(event)) reportSessionEnd()
      setConnection('reconnecting')
    },
  },
})

/** After a change of account: the socket belongs to the account that it was opened for. */
export function reconnect(): void {
  if (socket?.readyState === WebSocket.OPEN) socket.close(CLOSE_TERMINATED, 'Signed in anew')
}

/** At once when the network says that it is back; otherwise longer each time, and never all pages at the same moment. */
function waitBeforeRetry(retries: number): Promise<void> {
  const longest = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** retries)
  const spread = crypto.getRandomValues(new Uint8Array(1))[0] ?? 0
  const waitMs = longest * (0.5 + spread / 510)
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      removeEventListener('online', done)
      resolve()
    }
    const timer = setTimeout(done, waitMs)
    addEventListener('online', done)
  })
}

function isUnauthorized(event: unknown): boolean {
  return event instanceof CloseEvent && event.code === CLOSE_UNAUTHORIZED
}
