import type { DateTime } from 'luxon'
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root, Subscription } from 'type-graphql'
import type { CampaignId, ContactId, MessageId } from '../../../kernel/ids.js'
import { seesContent } from '../../../platform/access/viewer.js'
import {
  Access,
  EventSeq,
  GraphContext,
  idArgument,
  Instant,
  keyset,
  loadBatched,
  PageArgs,
  type Page,
} from '../../../platform/graphql/index.js'
import { lastSeq, type AccountEvent } from '../../../platform/realtime/event-log.js'
import { liveEvents } from '../../../platform/realtime/live-query.js'
import type { MessageState } from '../domain/message-state.js'
import { findMessage, listCampaignMessages, listMessages, messageBodies } from '../list-messages.js'
import { messageTimeline, type TimelineDeps } from '../message-timeline.js'
import { MessageStateEnum } from './message-enums.types.js'
import { MessageConnection, MessageEventType, MessageType, TimelineEntryType } from './messages.types.js'
import { toMessage, toMessageEvent, toTimelineEntry } from './to-message.js'

const newestFirst = keyset('messages', 'uuid')
const inOrder = keyset('campaign-messages', 'integer')

/** A timeline is a dozen reads: cheap for one message, not for a list of them. */
const TIMELINE_COST = 100

const readTexts = (ctx: GraphContext, ids: readonly string[]): Promise<Map<string, string>> =>
  messageBodies(ctx.services, ctx.scope.accountId, ids)

interface WatchArgs {
  afterSeq?: number | null
  campaignId?: string | null
}

/** The scope is taken once: a socket ends with its session. */
async function watchMessages(args: WatchArgs, ctx: GraphContext): Promise<AsyncIterable<AccountEvent>> {
  const { accountId } = ctx.scope
  const { db, events: listener } = ctx.services
  const campaign = args.campaignId == null ? {} : { campaignId: idArgument<CampaignId>(args.campaignId) }
  const afterSeq = args.afterSeq ?? (await lastSeq(db, accountId))
  return liveEvents({ db, listener, accountId, afterSeq, topics: ['messages'], ...campaign })
}

@Resolver(() => MessageType)
export class MessagesResolver {
  constructor(private readonly deps: TimelineDeps) {}

  @Access('viewer')
  @Query(() => MessageConnection, {
    description:
      'Messages of the account. Those of one campaign come in the order in which they are sent, all others newest first.',
  })
  async messages(
    @Ctx() ctx: GraphContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('campaignId', () => ID, { nullable: true, description: 'Only messages of this campaign.' })
    campaignId: string | null | undefined,
    @Arg('states', () => [MessageStateEnum], {
      nullable: true,
      description: 'Only messages in one of these states.',
    })
    states: MessageState[] | null | undefined,
    @Arg('contactId', () => ID, { nullable: true, description: 'Only messages to this contact.' })
    contactId: string | null | undefined,
    @Arg('since', () => Instant, {
      nullable: true,
      description: 'Only messages written at this moment or later.',
    })
    since: DateTime | null | undefined,
  ): Promise<Page<MessageType>> {
    const { accountId, role } = ctx.scope
    const search = {
      states: states ?? null,
      contactId: contactId == null ? null : idArgument<ContactId>(contactId),
      since: since ?? null,
    }
    if (campaignId != null) {
      const request = inOrder.read(page)
      const rows = await listCampaignMessages(
        this.deps,
        accountId,
        idArgument<CampaignId>(campaignId),
        search,
        {
          afterOrdinal: request.after?.[0] ?? null,
          limit: request.limit,
        },
      )
      return inOrder.page(rows, request, {
        key: (row) => [row.ordinal ?? 0],
        node: (row) => toMessage(row, role),
      })
    }
    const request = newestFirst.read(page)
    const rows = await listMessages(this.deps, accountId, search, {
      beforeId: request.after?.[0] ?? null,
      limit: request.limit,
    })
    return newestFirst.page(rows, request, { key: (row) => [row.id], node: (row) => toMessage(row, role) })
  }

  @Access('viewer')
  @Query(() => MessageType, { nullable: true, description: 'One message of the account.' })
  async message(
    @Ctx() ctx: GraphContext,
    @Arg('id', () => ID, { description: 'The message.' }) id: string,
  ): Promise<MessageType | null> {
    const found = await findMessage(this.deps, ctx.scope.accountId, idArgument<MessageId>(id))
    return found === null ? null : toMessage(found, ctx.scope.role)
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The text as it is sent, for owners and operators; null for everybody else.',
  })
  async body(@Ctx() ctx: GraphContext, @Root() message: MessageType): Promise<string | null> {
    return seesContent(ctx.scope.role) ? loadBatched(ctx, readTexts, message.id) : null
  }

  @FieldResolver(() => [TimelineEntryType], {
    complexity: TIMELINE_COST,
    description:
      'Everything that is known to have happened to the message, in order. Ask for it on single messages: on a long list it costs too much.',
  })
  async timeline(@Ctx() ctx: GraphContext, @Root() message: MessageType): Promise<TimelineEntryType[]> {
    const found = await messageTimeline(this.deps, ctx.scope.accountId, idArgument<MessageId>(message.id))
    return found?.entries.map(toTimelineEntry) ?? []
  }

  @Access('viewer')
  @Subscription(() => MessageEventType, {
    description:
      'What happens to messages from a sequence number on: each event exactly once and in order, whichever process caused it. Reconnect with the last `seq` you saw to miss nothing.',
    subscribe: ({ args, context }) => watchMessages(args as WatchArgs, context as GraphContext),
  })
  messageEvents(
    @Root() event: AccountEvent,
    @Arg('afterSeq', () => EventSeq, {
      nullable: true,
      description: 'Only later events; leave out for those from now on, give 0 for all that there are.',
    })
    _afterSeq: number | null | undefined,
    @Arg('campaignId', () => ID, { nullable: true, description: 'Only messages of this campaign.' })
    _campaignId: string | null | undefined,
  ): MessageEventType {
    return toMessageEvent(event)
  }
}
