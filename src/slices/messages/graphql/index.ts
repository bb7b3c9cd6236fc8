import { MessagesResolver } from './messages.resolver.js'
import { OperationsResolver } from './operations.resolver.js'
import { UnknownOutcomesResolver } from './unknown-outcomes.resolver.js'

export const messageResolvers = [MessagesResolver, OperationsResolver, UnknownOutcomesResolver] as const
