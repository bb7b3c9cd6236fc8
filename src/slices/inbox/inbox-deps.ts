import type { Clock } from '../../kernel/clock.js'
import type { Db } from '../../platform/db/data-source.js'
import type { ConsumeLog } from '../webhooks/index.js'
import type { InboxHook } from './inbox-hooks.js'

export interface InboxDeps {
  db: Db
  clock: Clock
}

export interface InboundDeps extends InboxDeps {
  log: ConsumeLog
  hooks: readonly InboxHook[]
}
