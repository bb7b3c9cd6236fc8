import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql'
import { assert } from '../../../kernel/assert.js'
import type { AccountId, CampaignId } from '../../../kernel/ids.js'
import type { AccountScope } from '../../../platform/access/account-scope.js'
import {
  Access,
  Credits,
  GraphContext,
  idArgument,
  refuse,
  ShortText,
  type Refused,
} from '../../../platform/graphql/index.js'
import { approveCampaign } from '../approve-campaign.js'
import type { CampaignDeps } from '../campaign-deps.js'
import { findCampaign } from '../find-campaigns.js'
import { CampaignResult, type CampaignType } from './campaigns.types.js'
import { approveRefusals } from './refusals.js'
import { toCampaign } from './to-campaign.js'

const campaignArgument = { description: 'A campaign that the runaway guard holds.' }
const reasonArgument = { description: 'Why it is in order; kept in the history of the account.' }
const creditsArgument = {
  nullable: true,
  description: 'Credits up to which it is approved; its own cap when left out.',
}

/** What the runaway guard holds is approved by an owner of the account, or by the platform. */
@Resolver()
export class CampaignApprovalResolver {
  constructor(private readonly deps: CampaignDeps) {}

  @Access('owner')
  @Mutation(() => CampaignResult, {
    description: 'Approves a campaign that the runaway guard holds; it goes on at once.',
  })
  async approveCampaign(
    @Ctx() ctx: GraphContext,
    @Arg('campaignId', () => ID, campaignArgument) campaignId: string,
    @Arg('reason', () => ShortText, reasonArgument) reason: string,
    @Arg('credits', () => Credits, creditsArgument) credits: number | null | undefined,
  ): Promise<CampaignType | Refused> {
    return this.approve(ctx.scope, campaignId, reason, credits)
  }

  @Access('platformAdmin')
  @Mutation(() => CampaignResult, {
    description:
      'Approves a campaign of any account that the runaway guard holds. For administrators of the platform.',
  })
  async approveCampaignOf(
    @Ctx() ctx: GraphContext,
    @Arg('accountId', () => ID, { description: 'The account of the campaign.' }) accountId: string,
    @Arg('campaignId', () => ID, campaignArgument) campaignId: string,
    @Arg('reason', () => ShortText, reasonArgument) reason: string,
    @Arg('credits', () => Credits, creditsArgument) credits: number | null | undefined,
  ): Promise<CampaignType | Refused> {
    return this.approve(ctx.adminScope(idArgument<AccountId>(accountId)), campaignId, reason, credits)
  }

  private async approve(
    scope: AccountScope,
    id: string,
    reason: string,
    credits: number | null | undefined,
  ): Promise<CampaignType | Refused> {
    const campaignId = idArgument<CampaignId>(id)
    const result = await approveCampaign(this.deps, scope, { campaignId, reason, credits: credits ?? null })
    if (!result.ok) return refuse(approveRefusals, result.reason)
    const campaign = await findCampaign(this.deps, scope, campaignId)
    assert(campaign !== null, 'a campaign that was just written is there')
    return toCampaign(campaign)
  }
}
