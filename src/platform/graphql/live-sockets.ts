import type { WebSocket } from 'ws'
import type { Authenticated, Authenticator } from '../access/authenticator.js'
import { credentialId, type Viewer } from '../access/viewer.js'
import type { Clock } from '../../kernel/clock.js'
import type { Logger } from '../observability/logger.js'
import type { Metrics } from '../observability/metrics.js'

/** The close code for a socket whose credential stopped holding, as graphql-ws clients expect: do not just retry. */
export const CLOSE_FORBIDDEN = 4403

export interface LiveSocketsDeps {
  readonly authenticator: Authenticator
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Metrics
  /** How often the credentials of open sockets are looked at again: a revoked one lives this long at most. */
  readonly recheckMs: number
}

/**
 * The sockets that are signed in. A socket outlives the request that opened it, so its credential is asked about again
 * and again, in one query for all sockets of the process, and the socket ends when the credential no longer holds or no
 * longer gives the same rights.
 */
export class LiveSockets {
  private readonly sockets = new Map<WebSocket, Authenticated>()
  private readonly timer: NodeJS.Timeout
  private isLooking = false

  constructor(private readonly deps: LiveSocketsDeps) {
    this.timer = setInterval(() => void this.recheck(), deps.recheckMs)
    this.timer.unref()
  }

  add(socket: WebSocket, authenticated: Authenticated): void {
    this.sockets.set(socket, authenticated)
    this.deps.metrics.sockets.set(this.sockets.size)
  }

  remove(socket: WebSocket): void {
    this.sockets.delete(socket)
    this.deps.metrics.sockets.set(this.sockets.size)
  }

  /** Null when the socket is not signed in, or has expired and waits to be closed. */
  viewerOf(socket: WebSocket): Viewer | null {
    const authenticated = this.sockets.get(socket)
    return authenticated && !this.hasExpired(authenticated) ? authenticated.viewer : null
  }

  stop(): void {
    clearInterval(this.timer)
  }

  /** One look at all sockets. When the database does not answer, only expiry is enforced until it does. */
  async recheck(): Promise<void> {
    if (this.isLooking || this.sockets.size === 0) return
    this.isLooking = true
    try {
      this.endExpired()
      const looked = [...this.sockets]
      const present = await this.deps.authenticator.recheck([
        ...new Set(looked.map(([, { viewer }]) => credentialId(viewer))),
      ])
      for (const [socket, { viewer }] of looked) {
        const now = present.get(credentialId(viewer))
        if (now === undefined) this.end(socket, 'revoked', 'The session has ended')
        else if (!sameRights(viewer, now.viewer))
          this.end(socket, 'rights-changed', 'The rights have changed')
      }
    } catch (error) {
      this.deps.logger.warn({ err: error, count: this.sockets.size }, 'graphql.sockets.recheck-failed')
    } finally {
      this.isLooking = false
    }
  }

  private endExpired(): void {
    for (const [socket, authenticated] of this.sockets) {
      if (this.hasExpired(authenticated)) this.end(socket, 'expired', 'The session has ended')
    }
  }

  private hasExpired(authenticated: Authenticated): boolean {
    return authenticated.expiresAt !== null && authenticated.expiresAt <= this.deps.clock.now()
  }

  private end(socket: WebSocket, reason: string, words: string): void {
    this.remove(socket)
    this.deps.metrics.socketsEnded.inc({ reason })
    socket.close(CLOSE_FORBIDDEN, words)
  }
}

function sameRights(left: Viewer, right: Viewer): boolean {
  return (
    left.accountId === right.accountId &&
    left.role === right.role &&
    left.isPlatformAdmin === right.isPlatformAdmin &&
    operationsRemoved(left) === operationsRemoved(right)
  )
}

/** A subscription was let in once, and would outlive what allowed it. */
function operationsRemoved(viewer: Viewer): number {
  return viewer.kind === 'apiKey' ? viewer.operationsRemoved : 0
}
