import { MessageTallyResolver } from './message-tally.resolver.js'
import { MessagesResolver } from './messages.resolver.js'
import { OperationsResolver } from './operations.resolver.js'
import { UnknownOutcomesResolver } from './unknown-outcomes.resolver.js'

export const messageResolvers = [
  MessagesResolver,
  MessageTallyResolver,
  OperationsResolver,
  UnknownOutcomesResolver,
] as const
