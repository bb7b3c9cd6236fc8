import { MessagesResolver } from './messages.resolver.js'
import { UnknownOutcomesResolver } from './unknown-outcomes.resolver.js'

export const messageResolvers = [MessagesResolver, UnknownOutcomesResolver] as const
