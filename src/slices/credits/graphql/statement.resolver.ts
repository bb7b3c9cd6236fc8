import { Arg, Args, Ctx, ID, Query, Resolver } from 'type-graphql'
import type { CampaignId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import {
  Access,
  GraphContext,
  idArgument,
  keyset,
  PageArgs,
  type Page,
} from '../../../platform/graphql/index.js'
import { explainBalance, explainCampaign, explainSingleMessages, explainUse } from '../explain-balance.js'
import { readStatement } from '../open-statement.js'
import {
  BalanceExplanationType,
  CreditUseType,
  MessageCostConnection,
  StatementConnection,
  type MessageCostType,
  type StatementLineType,
} from './credits.types.js'

const statementPages = keyset('credit-statement', 'integer')
const campaignCostPages = keyset('campaign-costs', 'integer')
const singleCostPages = keyset('single-costs', 'uuid')

/** Summing up a whole ledger is worth hundreds of ordinary fields. */
const SUMMING_UP = 300

/** The statement, and why the balance is what it is. */
@Resolver()
export class StatementResolver {
  constructor(private readonly deps: { db: Db }) {}

  @Access('viewer')
  @Query(() => StatementConnection, {
    description:
      'Every transfer of credits, newest first, with the balance after it. The same as CSV: `GET /statement.csv`.',
  })
  async creditStatement(
    @Ctx() ctx: GraphContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<StatementLineType>> {
    const request = statementPages.read(page)
    const lines = await readStatement(this.deps.db, ctx.scope.accountId, {
      beforeSeq: request.after?.[0] ?? null,
      limit: request.limit,
    })
    return statementPages.page(lines, request, { key: (line) => [line.seq], node: (line) => line })
  }

  @Access('viewer')
  @Query(() => BalanceExplanationType, {
    description: 'Why the balance is what it is: parts that add up to it exactly. Go on with `creditUses`.',
  })
  async explainBalance(@Ctx() ctx: GraphContext): Promise<BalanceExplanationType> {
    return explainBalance(this.deps.db, ctx.scope.accountId)
  }

  @Access('viewer')
  @Query(() => [CreditUseType], {
    complexity: SUMMING_UP,
    description:
      'Where the spent and held credits went, by campaign; adds up to what the balance says. Go on with `messageCosts`.',
  })
  async creditUses(@Ctx() ctx: GraphContext): Promise<CreditUseType[]> {
    return explainUse(this.deps.db, ctx.scope.accountId)
  }

  @Access('viewer')
  @Query(() => MessageCostConnection, {
    description: 'What single messages cost, and why. Messages that never held credits are left out.',
  })
  async messageCosts(
    @Ctx() ctx: GraphContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('campaignId', () => ID, {
      nullable: true,
      description: 'The campaign; leave out for the messages that belong to none.',
    })
    campaignId: string | null | undefined,
  ): Promise<Page<MessageCostType>> {
    return campaignId == null
      ? this.singleCosts(ctx, page)
      : this.campaignCosts(ctx, page, idArgument<CampaignId>(campaignId))
  }

  private async campaignCosts(
    ctx: GraphContext,
    page: PageArgs,
    campaignId: CampaignId,
  ): Promise<Page<MessageCostType>> {
    const request = campaignCostPages.read(page)
    const costs = await explainCampaign(this.deps.db, ctx.scope.accountId, campaignId, {
      afterOrdinal: request.after?.[0] ?? 0,
      limit: request.limit,
    })
    return campaignCostPages.page(costs, request, {
      key: (cost) => [cost.ordinal ?? 0],
      node: (cost) => cost,
    })
  }

  private async singleCosts(ctx: GraphContext, page: PageArgs): Promise<Page<MessageCostType>> {
    const request = singleCostPages.read(page)
    const costs = await explainSingleMessages(this.deps.db, ctx.scope.accountId, {
      afterMessageId: request.after?.[0] ?? null,
      limit: request.limit,
    })
    return singleCostPages.page(costs, request, { key: (cost) => [cost.messageId], node: (cost) => cost })
  }
}
