export { type PumpDeps, type PumpSettings, type SenderLog } from './account-pump.js'
export { addMessages } from './add-messages.js'
export { type ReportOutcome } from './apply-delivery-reports.js'
export { announceSender } from './announce-sender.js'
export { approveSingles } from './approve-singles.js'
export { applyStatusCallbacks, type CallbackDeps } from './apply-status-callbacks.js'
export { cancelPending } from './cancel-pending.js'
export { takeBackMessages } from './take-back-messages.js'
export { claimMessages, type ClaimedMessage, type ClaimInput, type ClaimResult } from './claim-messages.js'
export { createCallbackLoop } from './create-callback-loop.js'
export { DatabaseWitness } from './domain/database-witness.js'
export { UNPROVEN_REFUND_MS } from './domain/limits.js'
export { type MessageState } from './domain/message-state.js'
export { answerKey, type NewMessage, type Purpose } from './domain/new-message.js'
export { lastOpenBefore, nextOpening } from './domain/open-intervals.js'
export { isOpenAt, quietHoursFor, type HoursRules, type QuietHours } from './domain/quiet-hours.js'
export { type TimelineDeps, type TimelineEntry } from './message-timeline.js'
export { INBOUND_PROVIDER } from './http/answer-inbound-text.js'
export { twilioWebhooks } from './http/twilio-webhooks.js'
export { judgeHours, type HoursVerdict } from './judge-contact.js'
export { setQuietHours } from './set-quiet-hours.js'
export { singleMessageLanes, type Lane, type LaneBlock, type LaneGate, type SettledSummary } from './lane.js'
export { lookForLostTail, type LostTail } from './look-for-lost-tail.js'
export { noCounters, type AlarmKind, type MessageCounters } from './message-counters.js'
export { optOutNumber, type OptOutHook } from './opt-out-number.js'
export { createPostSlots, type PostSlots } from './post-slots.js'
export {
  reconcileRestore,
  type ReconcileDeps,
  type ReconcileResult,
  type Reconciliation,
} from './reconcile-restore.js'
export { recordGuard } from './record-guard.js'
export { rescueAttempts } from './rescue-attempts.js'
export { resolveUnknown, type ResolveOptions } from './resolve-unknown.js'
export { createSender, type Sender, type SenderOptions } from './sender.js'
export { createSenderPace, type SenderPace } from './sender-pace.js'
export { settleAttempts, type AttemptReport, type SettleDeps } from './settle-attempts.js'
export { readAccountHours, readAccountHoursIn, type AccountHours } from './store/hours-rows.js'
export { senderId } from './store/lanes.js'
export {
  drainedBy,
  messageTally,
  messageTallyLocked,
  nextPendingCost,
  type MessageTally,
} from './store/message-rows.js'
export { countUnknown } from './store/unknown-rows.js'
export { suppressWaiting } from './suppress-waiting.js'
export { waiveQuietHours } from './waive-quiet-hours.js'
export { sweepStatuses, type SweepDeps, type SweepOptions, type SweepResult } from './sweep-statuses.js'
