import { Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql'
import type { Db } from '../../../platform/db/data-source.js'
import { Access, EventSeq, GraphContext } from '../../../platform/graphql/index.js'
import { readNewestEvents } from '../../../platform/realtime/event-log.js'
import { OperationEventType } from './operations.types.js'
import { toOperationEvent } from './to-operation-event.js'

const NEWEST_MAX = 30
const COST = 30

@ObjectType('RecentOperations', { description: 'What held up sending lately.' })
export class RecentOperationsType {
  @Field(() => EventSeq, {
    description: 'What is later than this comes from `operationEvents` with it as `afterSeq`.',
  })
  seq!: number

  @Field(() => [OperationEventType], { description: 'At most thirty, newest first.' })
  events!: OperationEventType[]
}

@Resolver()
export class RecentOperationsResolver {
  constructor(private readonly deps: { db: Db }) {}

  @Access('viewer')
  @Query(() => RecentOperationsType, {
    complexity: COST,
    description:
      'What held up the sending of the account lately, to be gone on from with `operationEvents`: nobody has to hear the whole history first.',
  })
  async recentOperations(@Ctx() ctx: GraphContext): Promise<RecentOperationsType> {
    const { seq, events } = await readNewestEvents(this.deps.db, {
      accountId: ctx.scope.accountId,
      topics: ['operations', 'account'],
      limit: NEWEST_MAX,
    })
    return { seq, events: events.map(toOperationEvent) }
  }
}
