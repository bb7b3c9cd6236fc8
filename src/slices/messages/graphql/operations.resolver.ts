import { Arg, Ctx, Float, ID, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql'
import type { Clock } from '../../../kernel/clock.js'
import type { AccountId } from '../../../kernel/ids.js'
import type { AccountScope } from '../../../platform/access/account-scope.js'
import type { Db } from '../../../platform/db/data-source.js'
import {
  Access,
  EventSeq,
  GraphContext,
  idArgument,
  refuse,
  ShortText,
  type Refused,
  type RefusalTable,
} from '../../../platform/graphql/index.js'
import { lastSeq, type AccountEvent } from '../../../platform/realtime/event-log.js'
import { liveEvents } from '../../../platform/realtime/live-query.js'
import { approveSingles } from '../approve-singles.js'
import { listSenders, setSenderPace, type SenderPaceSetting } from '../set-sender-pace.js'
import {
  ApproveHeldTextsResult,
  OperationEventType,
  SenderResult,
  SenderType,
  type HeldTextsApproved,
} from './operations.types.js'
import { toOperationEvent } from './to-operation-event.js'

const approveRefusals: RefusalTable<'nothing-held'> = {
  'nothing-held': {
    message: 'No single texts of this account are held.',
    remedy: 'Nothing to do: they go out as they are due.',
  },
}

const senderRefusals: RefusalTable<'not-found' | 'pace-out-of-range'> = {
  'not-found': { message: 'No text was ever sent from this address.', remedy: 'Check the address.' },
  'pace-out-of-range': {
    message: 'The limit is out of range.',
    remedy: 'Use more than 0 and at most 100,000 segments per second, or none.',
  },
}

const reasonArgument = { description: 'Why it is in order; kept in the history of the account.' }

async function watchOperations(
  args: { afterSeq?: number | null },
  ctx: GraphContext,
): Promise<AsyncIterable<AccountEvent>> {
  const { accountId } = ctx.scope
  const { db, events: listener } = ctx.services
  const afterSeq = args.afterSeq ?? (await lastSeq(db, accountId))
  return liveEvents({ db, listener, accountId, afterSeq, topics: ['operations', 'account'] })
}

/** What holds up sending: the carrier, a rate, a stop, the runaway guard; and who lets it go on. */
@Resolver()
export class OperationsResolver {
  constructor(private readonly deps: { db: Db; clock: Clock }) {}

  @Access('viewer')
  @Subscription(() => OperationEventType, {
    description:
      'What holds up the sending of the account, from a sequence number on: each event exactly once and in order, whichever process caused it.',
    subscribe: ({ args, context }) =>
      watchOperations(args as { afterSeq?: number | null }, context as GraphContext),
  })
  operationEvents(
    @Root() event: AccountEvent,
    @Arg('afterSeq', () => EventSeq, {
      nullable: true,
      description: 'Only later events; leave out for those from now on, give 0 for all that there are.',
    })
    _afterSeq: number | null | undefined,
  ): OperationEventType {
    return toOperationEvent(event)
  }

  @Access('owner')
  @Mutation(() => ApproveHeldTextsResult, {
    description: 'Lets the single texts go that the runaway guard holds, and keeps it quiet for a day.',
  })
  async approveHeldTexts(
    @Ctx() ctx: GraphContext,
    @Arg('reason', () => ShortText, reasonArgument) reason: string,
  ): Promise<HeldTextsApproved | Refused> {
    return this.approve(ctx.scope, reason)
  }

  @Access('platformAdmin')
  @Mutation(() => ApproveHeldTextsResult, {
    description:
      'Lets the single texts of any account go that the runaway guard holds. For administrators of the platform.',
  })
  async approveHeldTextsOf(
    @Ctx() ctx: GraphContext,
    @Arg('accountId', () => ID, { description: 'The account to act on.' }) accountId: string,
    @Arg('reason', () => ShortText, reasonArgument) reason: string,
  ): Promise<HeldTextsApproved | Refused> {
    return this.approve(ctx.adminScope(idArgument<AccountId>(accountId)), reason)
  }

  @Access('platformAdmin')
  @Query(() => [SenderType], {
    description: 'Every sender that texts came from, with its limit. For administrators of the platform.',
  })
  async senders(): Promise<SenderType[]> {
    return (await listSenders(this.deps)).map(toSender)
  }

  @Access('platformAdmin')
  @Mutation(() => SenderResult, {
    description:
      'Sets how many segments per second leave from a sender, over all workers; in force within a few seconds. For administrators of the platform.',
  })
  async setSenderPace(
    @Ctx() ctx: GraphContext,
    @Arg('address', () => ShortText, { description: 'Its address at the carrier.' }) address: string,
    @Arg('segmentsPerSecond', () => Float, {
      nullable: true,
      description: 'The limit; null for that of the configuration.',
    })
    segmentsPerSecond: number | null | undefined,
    @Arg('isUnlimited', () => Boolean, {
      defaultValue: false,
      description: 'No limit at all, whatever the configuration says.',
    })
    isUnlimited: boolean,
  ): Promise<SenderType | Refused> {
    ctx.logger.info({ userId: ctx.adminActor.id }, 'messages.sender-pace-set')
    const pace = isUnlimited ? Infinity : (segmentsPerSecond ?? null)
    const result = await setSenderPace(this.deps, { address, segmentsPerSecond: pace })
    return result.ok ? toSender(result.sender) : refuse(senderRefusals, result.reason)
  }

  private async approve(scope: AccountScope, reason: string): Promise<HeldTextsApproved | Refused> {
    const result = await approveSingles(this.deps, scope, reason)
    return result.ok ? { approvedUntil: result.approvedUntil } : refuse(approveRefusals, result.reason)
  }
}

function toSender({ address, segmentsPerSecond }: SenderPaceSetting): SenderType {
  const isUnlimited = segmentsPerSecond === Infinity
  return { address, isUnlimited, segmentsPerSecond: isUnlimited ? null : segmentsPerSecond }
}
