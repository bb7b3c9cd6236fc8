import { ConsentUsesResolver } from './consent-uses.resolver.js'
import { MessageTallyResolver } from './message-tally.resolver.js'
import { MessagesResolver } from './messages.resolver.js'
import { OperationsResolver } from './operations.resolver.js'
import { QuietHoursResolver } from './quiet-hours.resolver.js'
import { UnknownOutcomesResolver } from './unknown-outcomes.resolver.js'

export const messageResolvers = [
  ConsentUsesResolver,
  MessagesResolver,
  MessageTallyResolver,
  OperationsResolver,
  QuietHoursResolver,
  UnknownOutcomesResolver,
] as const
