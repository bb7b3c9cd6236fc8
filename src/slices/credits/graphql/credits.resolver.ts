import { Arg, Ctx, Int, Query, Resolver, Root, Subscription } from 'type-graphql'
import { assert } from '../../../kernel/assert.js'
import type { Clock } from '../../../kernel/clock.js'
import type { Db } from '../../../platform/db/data-source.js'
import { Access, badUserInput, EventSeq, GraphContext } from '../../../platform/graphql/index.js'
import { liveBalance } from '../live-balance.js'
import { listPriceBooks, showPriceBook } from '../price-book.js'
import { readCreditBalance, readCreditLots, readExpiringLots } from '../read-credits.js'
import { CreditBalanceType, CreditLotType, PriceBookType } from './credits.types.js'

@Resolver()
export class CreditsResolver {
  constructor(private readonly deps: { db: Db; clock: Clock }) {}

  @Access('viewer')
  @Query(() => CreditBalanceType, { description: 'The credits of the account now.' })
  async creditBalance(@Ctx() ctx: GraphContext): Promise<CreditBalanceType> {
    const balance = await readCreditBalance(this.deps.db, ctx.scope.accountId)
    assert(balance, 'every account has a balance')
    return balance
  }

  @Access('viewer')
  @Query(() => [CreditLotType], { description: 'The lots of the account, those that are spent next first.' })
  async creditLots(@Ctx() ctx: GraphContext): Promise<CreditLotType[]> {
    return readCreditLots(this.deps.db, ctx.scope.accountId)
  }

  @Access('viewer')
  @Query(() => PriceBookType, { description: 'The prices in force now.' })
  async priceBook(): Promise<PriceBookType> {
    return showPriceBook(this.deps.db, this.deps.clock.now().toJSDate())
  }

  @Access('viewer')
  @Query(() => [PriceBookType], {
    description: 'The newest versions of the price book, newest first, those to come among them.',
  })
  async priceBooks(): Promise<PriceBookType[]> {
    return listPriceBooks(this.deps.db)
  }

  @Access('viewer')
  @Query(() => [CreditLotType], {
    description: 'Lots whose rest runs out of time soon, soonest first.',
  })
  async expiringLots(
    @Ctx() ctx: GraphContext,
    @Arg('withinDays', () => Int, { defaultValue: 30, description: 'How soon: 1 to 366 days.' })
    withinDays: number,
  ): Promise<CreditLotType[]> {
    if (withinDays < 1 || withinDays > 366) throw badUserInput('withinDays must be from 1 to 366.')
    return readExpiringLots(this.deps, ctx.scope.accountId, withinDays)
  }

  @Access('viewer')
  @Subscription(() => CreditBalanceType, {
    name: 'creditBalance',
    description:
      'The credits of the account now, and then each time that they differ, at most five times a second.',
    subscribe: ({ args, context }: { args: { afterSeq?: number | null }; context: GraphContext }) =>
      liveBalance(context.services, context.scope.accountId, args.afterSeq ?? null),
  })
  creditBalanceChanges(
    @Root() balance: CreditBalanceType,
    @Arg('afterSeq', () => EventSeq, {
      nullable: true,
      description: '`seq` of the balance that you have: nothing is sent until there is a newer one.',
    })
    _afterSeq: number | null | undefined,
  ): CreditBalanceType {
    return balance
  }
}
