import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { loadBatched, type GraphContext } from '../../../platform/graphql/index.js'
import { AccountType } from '../../../slices/accounts/graphql/index.js'
import { standingBreaches } from '../list-breaches.js'
import { AccountBreachType } from './audit.types.js'
import { ruleOf } from './to-breach.js'

/** What an account's own members see of the audit: why it stopped them, without the words of administrators. */
@Resolver(() => AccountType)
export class AccountBreachesResolver {
  @FieldResolver(() => [AccountBreachType], {
    description:
      'Rules that the audit finds broken in this account now, newest first, 20 at most. Empty for an account that is sound.',
  })
  async auditBreaches(@Root() account: AccountType, @Ctx() ctx: GraphContext): Promise<AccountBreachType[]> {
    const breaches = (await loadBatched(ctx, readBreaches, account.id)) ?? []
    return breaches.map(({ id, invariant, what, stops, firstSeenAt, acknowledgedAt }) => ({
      id,
      invariant,
      what,
      stopsSending: stops,
      firstSeenAt,
      acknowledgedAt,
      ...ruleOf(invariant),
    }))
  }
}

/** One function for all, by which asking for many accounts becomes one read. */
const readBreaches = (ctx: GraphContext, ids: readonly string[]): ReturnType<typeof standingBreaches> =>
  standingBreaches(ctx.services, ids)
