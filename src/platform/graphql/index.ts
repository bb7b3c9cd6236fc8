export type { ConsoleOperations } from './registered-operations.js'
export { Access, type AccessLevel } from './access.js'
export { loadBatched } from './batch-loader.js'
export { buildApiSchema, type ResolverClass } from './build-api-schema.js'
export { checkDocument } from './check-document.js'
export { connectionOf, PageArgs, type Page } from './connection.js'
export { GraphContext, type GraphServices } from './context.js'
export { idArgument } from './id-argument.js'
export { keyset, type Keyset, type PageRequest } from './keyset.js'
export { createHttpEndpoint, type EndpointDeps } from './http-endpoint.js'
export { createSocketEndpoint } from './socket-endpoint.js'
export { limits } from './limits.js'
export { commonRefusals, Refused, refuse, refuseWith, resultUnion, type RefusalTable } from './refusal.js'
export { badUserInput, forbidden } from './request-errors.js'
export {
  Credits,
  EmailAddress,
  EventSeq,
  IdempotencyKey,
  Instant,
  Password,
  ShortText,
  SignedCredits,
} from './scalars.js'
