import { ConsentUsesResolver } from './consent-uses.resolver.js'
import { MessagesResolver } from './messages.resolver.js'
import { OperationsResolver } from './operations.resolver.js'
import { QuietHoursResolver } from './quiet-hours.resolver.js'
import { UnknownOutcomesResolver } from './unknown-outcomes.resolver.js'

export const messageResolvers = [
  ConsentUsesResolver,
  MessagesResolver,
  OperationsResolver,
  QuietHoursResolver,
  UnknownOutcomesResolver,
] as const
