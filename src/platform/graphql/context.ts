import { assert } from '../../kernel/assert.js'
import type { Clock } from '../../kernel/clock.js'
import type { AccountId } from '../../kernel/ids.js'
import type { Random } from '../../kernel/random.js'
import type { AccountScope } from '../access/account-scope.js'
import type { Actor, Role, Viewer } from '../access/viewer.js'
import type { Db } from '../db/data-source.js'
import type { Logger } from '../observability/logger.js'
import type { EventListener } from '../realtime/event-listener.js'
import { forbidden, unauthenticated } from './request-errors.js'

/** What static `subscribe` functions can reach; resolver classes get their dependencies in the constructor. */
export interface GraphServices {
  readonly db: Db
  readonly clock: Clock
  readonly random: Random
  /** Wakes subscriptions; the event log itself is read with readEvents. */
  readonly events: EventListener
}

export interface RequestFacts {
  readonly requestId: string
  readonly viewer: Viewer | null
  /** For throttling only. */
  readonly clientAddress: string
  readonly logger: Logger
}

/** One per operation, on both transports. Resolvers receive it with `@Ctx()`. */
export class GraphContext {
  readonly requestId: string
  readonly viewer: Viewer | null
  readonly clientAddress: string
  readonly logger: Logger
  readonly services: GraphServices

  constructor(services: GraphServices, facts: RequestFacts) {
    this.services = services
    this.requestId = facts.requestId
    this.viewer = facts.viewer
    this.clientAddress = facts.clientAddress
    this.logger = facts.logger
  }

  /** The caller's own account. Always there behind @Access('viewer' | 'operator' | 'owner'). */
  get scope(): AccountScope {
    const { viewer } = this
    if (viewer === null) throw unauthenticated()
    if (viewer.accountId === null || viewer.role === null) throw forbidden('This needs an account.')
    return makeScope(viewer.accountId, viewer.role, actorOf(viewer))
  }

  /** Another account, named by an administrator on an @Access('platformAdmin') field. */
  adminScope(accountId: AccountId): AccountScope {
    return makeScope(accountId, 'owner', this.adminActor)
  }

  /** The administrator who is asking; throws for anybody else. */
  get adminActor(): Actor {
    const { viewer } = this
    if (!viewer?.isPlatformAdmin) throw forbidden('This is for administrators of the platform.')
    return { kind: 'admin', id: viewer.userId }
  }
}

function actorOf(viewer: Viewer): Actor {
  return viewer.kind === 'user'
    ? { kind: 'user', id: viewer.userId }
    : { kind: 'api-key', id: viewer.apiKeyId }
}

function makeScope(accountId: AccountId, role: Role, actor: Actor): AccountScope {
  assert(accountId.length === 36, 'a scope names one account')
  return Object.freeze({ accountId, role, actor }) as AccountScope
}
