import { Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql'
import type { Db } from '../../../platform/db/data-source.js'
import { GraphContext } from '../../../platform/graphql/index.js'
import { ConsentEventType } from '../../contacts/graphql/contacts.types.js'
import { messagesRelyingOn } from '../list-messages.js'

/** Each event goes through the texts to its number. */
const USES_COST = 20

@Resolver(() => ConsentEventType)
export class ConsentUsesResolver {
  constructor(private readonly deps: { db: Db }) {}

  @FieldResolver(() => [ID], {
    complexity: USES_COST,
    description: 'The newest messages whose authorisation relied on this event, newest first; at most 200.',
  })
  async messageIds(@Ctx() ctx: GraphContext, @Root() event: ConsentEventType): Promise<string[]> {
    return messagesRelyingOn(this.deps, ctx.scope.accountId, event)
  }
}
