import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'
import type { CampaignId, QuoteId } from '../../../kernel/ids.js'
import {
  Access,
  GraphContext,
  idArgument,
  keyset,
  loadBatched,
  PageArgs,
  refuseWith,
  type Page,
  type Refused,
} from '../../../platform/graphql/index.js'
import type { CampaignDeps } from '../campaign-deps.js'
import { campaignFailures, campaignsProgress, type CampaignProgress } from '../campaign-progress.js'
import type { CampaignState } from '../domain/campaign-state.js'
import type { RecipientState } from '../domain/recipient-state.js'
import { findCampaign, listCampaigns, listRecipients } from '../find-campaigns.js'
import { findQuote } from '../find-quote.js'
import { previewTemplate } from '../preview-template.js'
import { CampaignStateEnum, RecipientStateEnum } from './campaign-enums.types.js'
import { PreviewTemplateInput } from './campaign-inputs.types.js'
import { CampaignFailureType, CampaignProgressType, CampaignQuoteType } from './campaign-figures.types.js'
import {
  CampaignConnection,
  CampaignRecipientConnection,
  CampaignType,
  TemplatePreviewResult,
  type CampaignRecipientType,
  type TemplatePreviewType,
} from './campaigns.types.js'
import { previewRefusals, problemWords } from './refusals.js'
import { toCampaign, toProgress, toQuote, toRecipient, toSample } from './to-campaign.js'
import { audienceOf } from './to-input.js'

const newestFirst = keyset('campaigns', 'uuid')
const inOrder = keyset('campaign-recipients', 'integer')

/** Looks at every failed text of the campaign: for one campaign, not for a list of them. */
const FAILURES_COST = 100

const readProgress = async (
  ctx: GraphContext,
  ids: readonly string[],
): Promise<Map<string, CampaignProgress>> =>
  campaignsProgress(ctx.services, ctx.scope.accountId, ids as readonly CampaignId[])

@Resolver(() => CampaignType)
export class CampaignsResolver {
  constructor(private readonly deps: CampaignDeps) {}

  @Access('viewer')
  @Query(() => CampaignConnection, { description: 'Campaigns of the account, newest first.' })
  async campaigns(
    @Ctx() ctx: GraphContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('states', () => [CampaignStateEnum], {
      nullable: true,
      description: 'Only those in one of these states.',
    })
    states: CampaignState[] | null | undefined,
  ): Promise<Page<CampaignType>> {
    const request = newestFirst.read(page)
    const before = request.after?.[0] ?? null
    const rows = await listCampaigns(this.deps, ctx.scope, {
      states: states ?? null,
      before,
      limit: request.limit,
    })
    return newestFirst.page(rows, request, { key: (row) => [row.id], node: toCampaign })
  }

  @Access('viewer')
  @Query(() => CampaignType, { nullable: true, description: 'One campaign of the account.' })
  async campaign(
    @Ctx() ctx: GraphContext,
    @Arg('id', () => ID, { description: 'The campaign.' }) id: string,
  ): Promise<CampaignType | null> {
    const found = await findCampaign(this.deps, ctx.scope, idArgument<CampaignId>(id))
    return found === null ? null : toCampaign(found)
  }

  @Access('viewer')
  @Query(() => CampaignQuoteType, {
    nullable: true,
    description: 'A quote of a campaign as it was stored, and whether it still holds.',
  })
  async campaignQuote(
    @Ctx() ctx: GraphContext,
    @Arg('campaignId', () => ID, { description: 'The campaign.' }) campaignId: string,
    @Arg('quoteId', () => ID, { nullable: true, description: 'The quote; the newest unless said.' })
    quoteId: string | null | undefined,
  ): Promise<CampaignQuoteType | null> {
    const found = await findQuote(this.deps, ctx.scope, {
      campaignId: idArgument<CampaignId>(campaignId),
      quoteId: quoteId == null ? null : idArgument<QuoteId>(quoteId),
    })
    return found === null ? null : toQuote(found)
  }

  @Access('viewer')
  @Query(() => CampaignRecipientConnection, {
    description:
      'Everybody in the frozen audience of a campaign, in the order of sending; nobody before the start.',
  })
  async campaignRecipients(
    @Ctx() ctx: GraphContext,
    @Arg('campaignId', () => ID, { description: 'The campaign.' }) campaignId: string,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('states', () => [RecipientStateEnum], {
      nullable: true,
      description: 'Only those in one of these states.',
    })
    states: RecipientState[] | null | undefined,
  ): Promise<Page<CampaignRecipientType>> {
    const request = inOrder.read(page)
    const rows = await listRecipients(this.deps, ctx.scope, {
      campaignId: idArgument<CampaignId>(campaignId),
      states: states ?? null,
      after: request.after?.[0] ?? null,
      limit: request.limit,
    })
    const { role } = ctx.scope
    return inOrder.page(rows, request, { key: (row) => [row.ordinal], node: (row) => toRecipient(row, role) })
  }

  @Access('viewer')
  @Query(() => TemplatePreviewResult, {
    complexity: 20,
    description: 'How a template reads for the first contacts of an audience. Stores and sends nothing.',
  })
  async previewTemplate(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => PreviewTemplateInput, { description: 'The template.' }) input: PreviewTemplateInput,
  ): Promise<TemplatePreviewType | Refused> {
    const result = await previewTemplate(this.deps, ctx.scope, {
      purpose: input.purpose ?? 'marketing',
      template: input.template,
      ...(input.optOutFooter == null ? {} : { optOutFooter: input.optOutFooter }),
      audience: audienceOf(input.audience),
    })
    if (!result.ok) return refuseWith(previewRefusals, result.reason, problemWords(result))
    return { samples: result.samples.map((sample) => toSample(sample, ctx.scope.role)) }
  }

  @FieldResolver(() => CampaignProgressType, { complexity: 3, description: 'Where everybody stands now.' })
  async progress(
    @Ctx() ctx: GraphContext,
    @Root() campaign: CampaignType,
  ): Promise<CampaignProgressType | null> {
    const progress = await loadBatched(ctx, readProgress, campaign.id)
    return progress === null ? null : toProgress(progress)
  }

  @FieldResolver(() => [CampaignFailureType], {
    complexity: FAILURES_COST,
    description: 'Why texts failed, most frequent reason first; at most 50.',
  })
  async failures(@Ctx() ctx: GraphContext, @Root() campaign: CampaignType): Promise<CampaignFailureType[]> {
    return campaignFailures(this.deps, ctx.scope, idArgument<CampaignId>(campaign.id))
  }
}
