export type {
  BalanceOutcome,
  BreakerOptions,
  Carrier,
  CarrierConfig,
  CarrierDeps,
  CarrierLogger,
  Credential,
  FenceConfig,
  FenceProof,
  ListedMessage,
  ListOutcome,
  NotSentCause,
  SendInput,
  SendOutcome,
  StatusOutcome,
  UnknownCause,
} from './carrier-types.js'
export { createCarrier } from './create-carrier.js'
export type { BreakerState } from './breaker.js'
export { inboundTextPath, statusCallbackPath } from './status-callback-url.js'
export { verifyTwilioSignature } from './verify-signature.js'
export { measureSegments } from './measure-segments.js'
export type { SegmentMeasure } from './domain/segment-measure.js'
export { classifyFailure, explainFailure, type FailureFact } from './domain/classify-failure.js'
export { failureTable } from './domain/failure-table.js'
export {
  classRules,
  type ClassRule,
  type FailureClass,
  type FailureRule,
  type PauseScope,
} from './domain/failure-class.js'
export {
  deliveryStatuses,
  isFinalStatus,
  mergeStatus,
  parseStatus,
  statusRank,
  type DeliveryStatus,
} from './domain/delivery-status.js'
export {
  parseInboundText,
  parseStatusCallback,
  type CallbackForm,
  type InboundText,
  type ParsedInbound,
  type ParsedStatusCallback,
  type StatusReport,
} from './domain/status-callback.js'
