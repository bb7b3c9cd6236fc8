import { createClient } from 'graphql-ws'
import { reportSession } from '../api/session-news.js'
import { shownAccount } from '../api/shown-account.js'
import { backOffMs } from './back-off.js'
import { CLOSE_FORBIDDEN, CLOSE_UNAUTHORIZED, isClose } from './close-event.js'
import { setConnection } from './connection-state.js'

const PING_EVERY_MS = 10_000
const PONG_WITHIN_MS = 5_000
const LINGER_MS = 2_000

let pongTimer: ReturnType<typeof setTimeout> | undefined

/**
 * The one socket of the page. It opens with the first live view, closes with the last, and comes back by itself for as
 * long as anybody looks. A connection that answers no ping is dead, whatever the browser thinks of it.
 */
export const liveClient = createClient({
  url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
  connectionParams: () => ({ account: shownAccount() }),
  lazy: true,
  // From one screen to the next it stays open.
  lazyCloseTimeout: LINGER_MS,
  keepAlive: PING_EVERY_MS,
  retryAttempts: Number.POSITIVE_INFINITY,
  retryWait: waitBeforeRetry,
  shouldRetry: (event) => !isClose(event, CLOSE_UNAUTHORIZED),
  on: {
    connecting: (isRetry) => {
      setConnection(isRetry ? 'reconnecting' : 'connecting')
    },
    connected: () => {
      setConnection('connected')
    },
    ping: (isReceived) => {
      if (isReceived) return
      pongTimer = setTimeout(reconnect, PONG_WITHIN_MS)
    },
    pong: (isReceived) => {
      if (isReceived) clearTimeout(pongTimer)
    },
    closed: (event) => {
      clearTimeout(pongTimer)
      if (isClose(event, CLOSE_UNAUTHORIZED)) reportSession('ended')
      // The person, the account or the rights may be others now.
      if (isClose(event, CLOSE_FORBIDDEN)) reportSession('changed')
      setConnection('reconnecting')
    },
  },
})

/** Gives the socket up without waiting for its goodbye. One that was opened for another account is of no use either. */
export function reconnect(): void {
  liveClient.terminate()
}

/** At once when the network says that it is back; otherwise longer each time, and never all pages at the same moment. */
function waitBeforeRetry(retries: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      removeEventListener('online', done)
      resolve()
    }
    const timer = setTimeout(done, backOffMs(retries))
    addEventListener('online', done)
  })
}
