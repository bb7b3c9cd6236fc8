import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { UserId } from '../../../kernel/ids.js'
import {
  Access,
  GraphContext,
  IdempotencyKey,
  idArgument,
  keyset,
  PageArgs,
  refuse,
  type Page,
  type Refused,
} from '../../../platform/graphql/index.js'
import { SendabilityType } from '../../contacts/graphql/contacts.types.js'
import type { InboxDeps } from '../inbox-deps.js'
import {
  consentOf,
  findConversation,
  inboxTotals,
  listConversations,
  listThread,
  listUnattributed,
} from '../list-conversations.js'
import { previewReply } from '../preview-reply.js'
import { replyToConversation } from '../reply-to-conversation.js'
import { updateConversation, type UpdateConversationInput } from '../update-conversation.js'
import {
  ConversationConnection,
  ConversationResult,
  ConversationTextConnection,
  ConversationType,
  InboxTotalsType,
  ReplyPreviewType,
  ReplyWrittenResult,
  UnattributedTextConnection,
  type ConversationTextType,
  type ReplyWrittenType,
  type UnattributedTextType,
} from './inbox.types.js'
import { conversationRefusals, replyRefusals } from './refusals.js'
import { toConversation, toConversationText, toReplyPreview, toUnattributed } from './to-inbox.js'

const newestFirst = keyset('conversations', 'instant', 'uuid')
const newestTexts = keyset('conversation-texts', 'uuid')
const newestUnattributed = keyset('unattributed-texts', 'uuid')

/** A thread is three reads: fine for one conversation, dear for a list of them. */
const THREAD_COST = 30
const CONSENT_COST = 5
const PREVIEW_COST = 20

@Resolver(() => ConversationType)
export class ConversationsResolver {
  constructor(private readonly deps: InboxDeps) {}

  @Access('viewer')
  @Query(() => ConversationConnection, {
    description: 'Conversations of the account, the newest text first.',
  })
  async conversations(
    @Ctx() ctx: GraphContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('unread', () => Boolean, { defaultValue: false, description: 'Only those with unread texts.' })
    unread: boolean,
    @Arg('attention', () => Boolean, {
      defaultValue: false,
      description: 'Only those that a person should look at.',
    })
    attention: boolean,
    @Arg('closed', () => Boolean, { defaultValue: false, description: 'Closed ones instead of open ones.' })
    closed: boolean,
  ): Promise<Page<ConversationType>> {
    const { accountId, role } = ctx.scope
    const request = newestFirst.read(page)
    const before = request.after === null ? null : { at: request.after[0], id: request.after[1] }
    const rows = await listConversations(
      this.deps,
      accountId,
      { unread, attention, closed },
      { before, limit: request.limit },
    )
    return newestFirst.page(rows, request, {
      key: (row) => [row.lastAtText, row.id],
      node: ({ lastAtText: _lastAtText, ...row }) => toConversation(row, role),
    })
  }

  @Access('viewer')
  @Query(() => ConversationType, { nullable: true, description: 'One conversation of the account.' })
  async conversation(
    @Ctx() ctx: GraphContext,
    @Arg('id', () => ID, { description: 'The conversation.' }) id: string,
  ): Promise<ConversationType | null> {
    const found = await findConversation(this.deps, ctx.scope.accountId, idArgument(id))
    return found === null ? null : toConversation(found, ctx.scope.role)
  }

  @Access('viewer')
  @Query(() => InboxTotalsType, { description: 'How much there is to read.' })
  async inboxTotals(@Ctx() ctx: GraphContext): Promise<InboxTotalsType> {
    return inboxTotals(this.deps, ctx.scope.accountId)
  }

  @FieldResolver(() => ConversationTextConnection, {
    complexity: THREAD_COST,
    description: 'The texts in both directions, newest first.',
  })
  async texts(
    @Ctx() ctx: GraphContext,
    @Root() conversation: ConversationType,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<ConversationTextType>> {
    const { accountId, role } = ctx.scope
    const request = newestTexts.read(page)
    // The number may be masked for this caller, so it is looked up again.
    const found = await findConversation(this.deps, accountId, conversation.id)
    const beforeId = request.after?.[0] ?? null
    const rows =
      found === null
        ? []
        : await listThread(this.deps, accountId, found.phone, { beforeId, limit: request.limit })
    return newestTexts.page(rows, request, {
      key: (row) => [row.id],
      node: (row) => toConversationText(row, role),
    })
  }

  @FieldResolver(() => [SendabilityType], {
    complexity: CONSENT_COST,
    description: 'Whether consent of the number allows texts, for each purpose, also without a contact.',
  })
  async sendability(
    @Ctx() ctx: GraphContext,
    @Root() conversation: ConversationType,
  ): Promise<SendabilityType[]> {
    return consentOf(this.deps, ctx.scope.accountId, conversation.id)
  }

  @Access('operator')
  @Query(() => ReplyPreviewType, {
    nullable: true,
    complexity: PREVIEW_COST,
    description:
      'What a reply would cost, whether it would be refused, and whether quiet hours would hold it back. Null for a conversation that is not there.',
  })
  async previewReply(
    @Ctx() ctx: GraphContext,
    @Arg('conversationId', () => ID, { description: 'The conversation.' }) conversationId: string,
    @Arg('body', () => String, { description: 'The text as it stands.' }) body: string,
  ): Promise<ReplyPreviewType | null> {
    const input = { conversationId: idArgument(conversationId), body }
    const preview = await previewReply(this.deps, ctx.scope.accountId, input)
    return preview === null ? null : toReplyPreview(preview)
  }

  @Access('platformAdmin')
  @Query(() => UnattributedTextConnection, {
    description: 'Texts that belong to no account as far as can be told, newest first.',
  })
  async unattributedTexts(@Args(() => PageArgs) page: PageArgs): Promise<Page<UnattributedTextType>> {
    const request = newestUnattributed.read(page)
    const beforeId = request.after?.[0] ?? null
    const rows = await listUnattributed(this.deps, { beforeId, limit: request.limit })
    return newestUnattributed.page(rows, request, { key: (row) => [row.id], node: toUnattributed })
  }

  @Access('operator')
  @Mutation(() => ReplyWrittenResult, {
    description:
      'Answers a person who wrote: one text through the gate, transactional. Somebody who wrote within a day and never agreed or refused has asked for it, which is recorded as consent.',
  })
  async replyToConversation(
    @Ctx() ctx: GraphContext,
    @Arg('conversationId', () => ID, { description: 'The conversation.' }) conversationId: string,
    @Arg('body', () => String, { description: 'The text, of at most 1,600 characters.' }) body: string,
    @Arg('idempotencyKey', () => IdempotencyKey, { description: 'Makes a repeat answer the first reply.' })
    idempotencyKey: string,
  ): Promise<ReplyWrittenType | Refused> {
    const input = { conversationId: idArgument(conversationId), body, idempotencyKey }
    const result = await replyToConversation(this.deps, ctx.scope, input)
    if (!result.ok) return refuse(replyRefusals, result.reason)
    const { messageId, segments, credits } = result
    return { messageId, conversationId, segments, credits }
  }

  @Access('operator')
  @Mutation(() => ConversationResult, { description: 'Everything in the conversation is read.' })
  async markConversationRead(
    @Ctx() ctx: GraphContext,
    @Arg('conversationId', () => ID, { description: 'The conversation.' }) conversationId: string,
  ): Promise<ConversationType | Refused> {
    return this.change(ctx, { conversationId: idArgument(conversationId), markRead: true })
  }

  @Access('operator')
  @Mutation(() => ConversationResult, {
    description: 'Closes a conversation, or opens it again. The next text of the person opens it too.',
  })
  async closeConversation(
    @Ctx() ctx: GraphContext,
    @Arg('conversationId', () => ID, { description: 'The conversation.' }) conversationId: string,
    @Arg('closed', () => Boolean, { defaultValue: true, description: 'False opens it.' }) closed: boolean,
  ): Promise<ConversationType | Refused> {
    return this.change(ctx, { conversationId: idArgument(conversationId), closed })
  }

  @Access('operator')
  @Mutation(() => ConversationResult, { description: 'Gives a conversation to a member, or to nobody.' })
  async assignConversation(
    @Ctx() ctx: GraphContext,
    @Arg('conversationId', () => ID, { description: 'The conversation.' }) conversationId: string,
    @Arg('userId', () => ID, { nullable: true, description: 'The member; null for nobody.' })
    userId: string | null | undefined,
  ): Promise<ConversationType | Refused> {
    const assignedTo = userId == null ? null : idArgument<UserId>(userId)
    return this.change(ctx, { conversationId: idArgument(conversationId), assignedTo })
  }

  private async change(
    ctx: GraphContext,
    input: UpdateConversationInput,
  ): Promise<ConversationType | Refused> {
    const result = await updateConversation(this.deps, ctx.scope.accountId, input)
    return result.ok
      ? toConversation(result.conversation, ctx.scope.role)
      : refuse(conversationRefusals, result.reason)
  }
}
