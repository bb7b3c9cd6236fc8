import { ConversationsResolver } from './conversations.resolver.js'
import { InboxLiveResolver } from './inbox-live.resolver.js'
import { InboxSettingsResolver } from './inbox-settings.resolver.js'

export const inboxResolvers = [ConversationsResolver, InboxLiveResolver, InboxSettingsResolver] as const
