import { Ctx, Query, Resolver, Root, Subscription } from 'type-graphql'
import { assert } from '../../../kernel/assert.js'
import type { Clock } from '../../../kernel/clock.js'
import type { Db } from '../../../platform/db/data-source.js'
import { Access, GraphContext } from '../../../platform/graphql/index.js'
import { liveBalance } from '../live-balance.js'
import { currentPriceBook } from '../price-book.js'
import { readCreditBalance, readCreditLots } from '../read-credits.js'
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
    const book = await currentPriceBook(this.deps.db, this.deps.clock.now().toJSDate())
    const prices = [...book.creditsPerSegment].map(([country, creditsPerSegment]) => ({
      country,
      creditsPerSegment,
    }))
    return { version: book.version, prices: prices.sort((a, b) => (a.country < b.country ? -1 : 1)) }
  }

  @Access('viewer')
  @Subscription(() => CreditBalanceType, {
    name: 'creditBalance',
    description:
      'The credits of the account now, and then each time that they differ, at most five times a second.',
    subscribe: ({ context }: { context: GraphContext }) =>
      liveBalance(context.services, context.scope.accountId),
  })
  creditBalanceChanges(@Root() balance: CreditBalanceType): CreditBalanceType {
    return balance
  }
}
