import { WebhooksResolver } from './webhooks.resolver.js'

export const webhookResolvers = [WebhooksResolver] as const
