import { ConsentUsesResolver } from './consent-uses.resolver.js'
import { EventPositionResolver } from './event-position.resolver.js'
import { MessageTallyResolver } from './message-tally.resolver.js'
import { MessagesResolver } from './messages.resolver.js'
import { OperationsResolver } from './operations.resolver.js'
import { QuietHoursResolver } from './quiet-hours.resolver.js'
import { RecentOperationsResolver } from './recent-operations.resolver.js'
import { UnknownOutcomesResolver } from './unknown-outcomes.resolver.js'

export const messageResolvers = [
  ConsentUsesResolver,
  EventPositionResolver,
  MessagesResolver,
  MessageTallyResolver,
  OperationsResolver,
  QuietHoursResolver,
  RecentOperationsResolver,
  UnknownOutcomesResolver,
] as const
