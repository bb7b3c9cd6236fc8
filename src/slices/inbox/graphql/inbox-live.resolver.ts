import { Arg, Resolver, Root, Subscription } from 'type-graphql'
import { Access, EventSeq, type GraphContext } from '../../../platform/graphql/index.js'
import { liveInbox, type InboxNews } from '../live-inbox.js'
import { InboxEventType } from './inbox.types.js'
import { toInboxEvent } from './to-inbox.js'

@Resolver()
export class InboxLiveResolver {
  @Access('viewer')
  @Subscription(() => InboxEventType, {
    description:
      'How the inbox stands, and then everything that happens to it, once and in order, whichever process caused it. Reconnect with the last `seq` you saw to miss nothing.',
    subscribe: ({ args, context }: { args: { afterSeq?: number | null }; context: GraphContext }) =>
      liveInbox(context.services, context.scope.accountId, args.afterSeq ?? null),
  })
  inboxEvents(
    @Root() news: InboxNews,
    @Arg('afterSeq', () => EventSeq, {
      nullable: true,
      description: 'Only later events and no snapshot; leave out to begin with how it stands.',
    })
    _afterSeq: number | null | undefined,
  ): InboxEventType {
    return toInboxEvent(news)
  }
}
