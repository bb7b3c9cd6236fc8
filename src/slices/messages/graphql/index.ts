import { MessagesResolver } from './messages.resolver.js'
import { OperationsResolver } from './operations.resolver.js'

export const messageResolvers = [MessagesResolver, OperationsResolver] as const
