export {
  consumeInbox,
  type ConsumeDeps,
  type ConsumeLog,
  type ConsumeResult,
  type InboxConsumer,
} from './consume-inbox.js'
export { createConsumerLoop, type ConsumerLoop } from './create-consumer-loop.js'
export { createInbox, type Inbox, type InboxOptions, type StoreResult } from './create-inbox.js'
export { type IncomingEvent } from './domain/storable.js'
export { readInboxState, type InboxState } from './read-inbox-state.js'
export { replayWebhook, type ReplayResult } from './replay-webhook.js'
export { listQuarantined } from './list-quarantined.js'
export { readOfRoute, reopenEvents, type StoredWebhook } from './store/failed-rows.js'
export { lockWaiting, markApplied, type AppliedRow, type InboxRow } from './store/inbox-rows.js'
export { setAside } from './set-aside.js'
export { storeFound } from './store-found.js'
