import { Ctx, Query, Resolver } from 'type-graphql'
import type { Db } from '../../../platform/db/data-source.js'
import { Access, EventSeq, GraphContext } from '../../../platform/graphql/index.js'
import { lastSeq } from '../../../platform/realtime/event-log.js'

/** Where the events of the account stand: whoever reads something and then follows it loses nothing in between. */
@Resolver()
export class EventPositionResolver {
  constructor(private readonly deps: { db: Db }) {}

  @Access('viewer')
  @Query(() => EventSeq, {
    description:
      'The newest event of the account; 0 before the first. Ask for it before you read what you show, then subscribe after it: nothing that happens in between is missed.',
  })
  eventPosition(@Ctx() ctx: GraphContext): Promise<number> {
    return lastSeq(this.deps.db, ctx.scope.accountId)
  }
}
