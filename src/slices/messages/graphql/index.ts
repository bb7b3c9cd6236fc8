import { MessagesResolver } from './messages.resolver.js'

export const messageResolvers = [MessagesResolver] as const
