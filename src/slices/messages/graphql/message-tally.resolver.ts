import type { DateTime } from 'luxon'
import { Arg, Ctx, Query, Resolver } from 'type-graphql'
import type { Db } from '../../../platform/db/data-source.js'
import { Access, GraphContext, Instant } from '../../../platform/graphql/index.js'
import { tallyMessageEvents } from '../tally-events.js'
import { MessageTallyType } from './message-tally.types.js'

const TALLY_COST = 100

@Resolver()
export class MessageTallyResolver {
  constructor(private readonly deps: { db: Db }) {}

  @Access('viewer')
  @Query(() => MessageTallyType, {
    complexity: TALLY_COST,
    description: 'What has happened to the messages of the account since an instant, for example today.',
  })
  messageTally(
    @Ctx() ctx: GraphContext,
    @Arg('since', () => Instant, { description: 'Events from this instant on.' }) since: DateTime,
  ): Promise<MessageTallyType> {
    return tallyMessageEvents(this.deps, ctx.scope.accountId, since)
  }
}
