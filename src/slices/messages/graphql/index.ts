import { MessagesResolver } from './messages.resolver.js'
import { OperationsResolver } from './operations.resolver.js'
import { QuietHoursResolver } from './quiet-hours.resolver.js'
import { UnknownOutcomesResolver } from './unknown-outcomes.resolver.js'

export const messageResolvers = [
  MessagesResolver,
  OperationsResolver,
  QuietHoursResolver,
  UnknownOutcomesResolver,
] as const
