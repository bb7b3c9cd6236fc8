export { type PumpDeps, type PumpSettings, type SenderLog } from './account-pump.js'
export { addMessages } from './add-messages.js'
export { type ReportOutcome } from './apply-delivery-reports.js'
export { applyInboundTexts } from './apply-inbound-texts.js'
export { applyStatusCallbacks, type CallbackDeps } from './apply-status-callbacks.js'
export { cancelPending } from './cancel-pending.js'
export { claimMessages, type ClaimedMessage, type ClaimInput, type ClaimResult } from './claim-messages.js'
export { createWebhookLoops } from './create-webhook-loops.js'
export { UNPROVEN_REFUND_MS } from './domain/limits.js'
export { type MessageState } from './domain/message-state.js'
export { type NewMessage, type Purpose } from './domain/new-message.js'
export { twilioWebhooks } from './http/twilio-webhooks.js'
export { singleMessageLanes, type Lane, type LaneBlock, type LaneGate, type SettledSummary } from './lane.js'
export { noCounters, type AlarmKind, type MessageCounters } from './message-counters.js'
export { createPostSlots } from './post-slots.js'
export { rescueAttempts } from './rescue-attempts.js'
export { resolveUnknown, type ResolveOptions } from './resolve-unknown.js'
export { createSender, type Sender, type SenderOptions } from './sender.js'
export { settleAttempts, type AttemptReport, type SettleDeps } from './settle-attempts.js'
export { senderId } from './store/lanes.js'
export {
  drainedBy,
  messageTally,
  messageTallyLocked,
  nextPendingCost,
  type MessageTally,
} from './store/message-rows.js'
export { countUnknown } from './store/unknown-rows.js'
export { sweepStatuses, type SweepDeps, type SweepOptions, type SweepResult } from './sweep-statuses.js'
