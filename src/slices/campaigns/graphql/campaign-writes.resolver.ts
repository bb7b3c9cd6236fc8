import type { DateTime } from 'luxon'
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql'
import { assert } from '../../../kernel/assert.js'
import type { CampaignId, QuoteId } from '../../../kernel/ids.js'
import {
  Access,
  Credits,
  GraphContext,
  idArgument,
  IdempotencyKey,
  Instant,
  refuse,
  refuseWith,
  ShortText,
  type Refused,
} from '../../../platform/graphql/index.js'
import type { CampaignDeps } from '../campaign-deps.js'
import { cancelCampaign } from '../cancel-campaign.js'
import { cloneCampaign } from '../clone-campaign.js'
import { createCampaign } from '../create-campaign.js'
import { staleWords } from '../domain/quote-freshness.js'
import { skipWords } from '../domain/skip-reason.js'
import { findCampaign } from '../find-campaigns.js'
import { pauseCampaign, type PauseCampaignResult } from '../pause-campaign.js'
import { quoteCampaign } from '../quote-campaign.js'
import { resumeCampaign } from '../resume-campaign.js'
import { scheduleCampaign } from '../schedule-campaign.js'
import { sendTest } from '../send-test.js'
import { startCampaign, type StartRefusal } from '../start-campaign.js'
import { unscheduleCampaign } from '../unschedule-campaign.js'
import { updateCampaign } from '../update-campaign.js'
import { CreateCampaignInputType, UpdateCampaignInputType } from './campaign-inputs.types.js'
import { type CampaignQuoteType } from './campaign-figures.types.js'
import {
  CampaignDrainResult,
  CampaignQuoteResult,
  CampaignResult,
  TestMessageResult,
  type CampaignDrainType,
  type CampaignType,
  type TestMessageType,
} from './campaigns.types.js'
import {
  cloneRefusals,
  createRefusals,
  problemWords,
  quoteRefusals,
  resumeRefusals,
  scheduleRefusals,
  startRefusals,
  stateRefusals,
  testRefusals,
  updateRefusals,
} from './refusals.js'
import { toCampaign, toQuote } from './to-campaign.js'
import { changesOf, contentOfNew } from './to-input.js'

/** A quote renders every recipient's text. */
const QUOTE_COST = 200

@Resolver()
export class CampaignWritesResolver {
  constructor(private readonly deps: CampaignDeps) {}

  @Access('operator')
  @Mutation(() => CampaignResult, {
    description: 'Makes a draft. Nothing is sent before it is quoted and started.',
  })
  async createCampaign(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => CreateCampaignInputType, { description: 'The draft.' })
    input: CreateCampaignInputType,
    @Arg('idempotencyKey', () => IdempotencyKey, {
      nullable: true,
      description: 'Makes a repeat answer the first campaign.',
    })
    idempotencyKey: string | null | undefined,
  ): Promise<CampaignType | Refused> {
    const content = { ...contentOfNew(input), idempotencyKey: idempotencyKey ?? null }
    const result = await createCampaign(this.deps, ctx.scope, content)
    if (result.ok) return this.shown(ctx, result.campaignId)
    return refuseWith(createRefusals, result.reason, problemWords(result))
  }

  @Access('operator')
  @Mutation(() => CampaignResult, {
    description: 'Changes a draft. Name and automatic resume may change until the campaign has ended.',
  })
  async updateCampaign(
    @Ctx() ctx: GraphContext,
    @Arg('campaignId', () => ID, { description: 'The campaign.' }) campaignId: string,
    @Arg('input', () => UpdateCampaignInputType, { description: 'What changes.' })
    input: UpdateCampaignInputType,
  ): Promise<CampaignType | Refused> {
    const change = { campaignId: idArgument<CampaignId>(campaignId), ...changesOf(input) }
    const result = await updateCampaign(this.deps, ctx.scope, change)
    if (result.ok) return this.shown(ctx, result.campaignId)
    return refuseWith(updateRefusals, result.reason, problemWords(result))
  }

  @Access('operator')
  @Mutation(() => CampaignResult, { description: 'A new draft with the content of a campaign in any state.' })
  async cloneCampaign(
    @Ctx() ctx: GraphContext,
    @Arg('campaignId', () => ID, { description: 'The original.' }) campaignId: string,
    @Arg('name', () => ShortText, { nullable: true, description: 'Name of the copy; the same unless said.' })
    name: string | null | undefined,
    @Arg('idempotencyKey', () => IdempotencyKey, {
      nullable: true,
      description: 'Makes a repeat answer the first copy.',
    })
    idempotencyKey: string | null | undefined,
  ): Promise<CampaignType | Refused> {
    const input = {
      campaignId: idArgument<CampaignId>(campaignId),
      name: name ?? null,
      idempotencyKey: idempotencyKey ?? null,
    }
    const result = await cloneCampaign(this.deps, ctx.scope, input)
    return result.ok ? this.shown(ctx, result.campaignId) : refuse(cloneRefusals, result.reason)
  }

  @Access('operator')
  @Mutation(() => CampaignQuoteResult, {
    complexity: QUOTE_COST,
    description:
      'Renders and measures every recipient’s text and stores what it comes to. Sends and holds nothing.',
  })
  async quoteCampaign(
    @Ctx() ctx: GraphContext,
    @Arg('campaignId', () => ID, { description: 'A draft or scheduled campaign.' }) campaignId: string,
  ): Promise<CampaignQuoteType | Refused> {
    const result = await quoteCampaign(this.deps, ctx.scope, {
      campaignId: idArgument<CampaignId>(campaignId),
    })
    if (result.ok) return toQuote(result.quote)
    return refuseWith(quoteRefusals, result.reason, problemWords(result))
  }

  @Access('operator')
  @Mutation(() => CampaignResult, {
    description:
      'Starts it now: freezes the audience with its order and sends, at most for the credits of the quote. The same start twice is one.',
  })
  async startCampaign(
    @Ctx() ctx: GraphContext,
    @Arg('campaignId', () => ID, { description: 'A draft or scheduled campaign.' }) campaignId: string,
    @Arg('quoteId', () => ID, { description: 'The quote that was accepted.' }) quoteId: string,
    @Arg('idempotencyKey', () => IdempotencyKey, { description: 'Makes a repeat answer the first start.' })
    idempotencyKey: string,
    @Arg('capCredits', () => Credits, {
      nullable: true,
      description: 'Use at most these, if less than the quote.',
    })
    capCredits: number | null | undefined,
  ): Promise<CampaignType | Refused> {
    const result = await startCampaign(this.deps, ctx.scope, {
      campaignId: idArgument<CampaignId>(campaignId),
      quoteId: idArgument<QuoteId>(quoteId),
      capCredits: capCredits ?? null,
      idempotencyKey,
    })
    return result.ok
      ? this.shown(ctx, result.campaignId)
      : refuseWith(startRefusals, result.reason, staleSentence(result))
  }

  @Access('operator')
  @Mutation(() => CampaignResult, {
    description:
      'Plans a start within the credits of the quote; the audience is frozen when the time comes. Again to move it.',
  })
  async scheduleCampaign(
    @Ctx() ctx: GraphContext,
    @Arg('campaignId', () => ID, { description: 'A draft or scheduled campaign.' }) campaignId: string,
    @Arg('quoteId', () => ID, { description: 'The quote that was accepted.' }) quoteId: string,
    @Arg('startAt', () => Instant, { description: 'When, within a year.' }) startAt: DateTime,
    @Arg('capCredits', () => Credits, {
      nullable: true,
      description: 'Use at most these, if less than the quote.',
    })
    capCredits: number | null | undefined,
  ): Promise<CampaignType | Refused> {
    const result = await scheduleCampaign(this.deps, ctx.scope, {
      campaignId: idArgument<CampaignId>(campaignId),
      quoteId: idArgument<QuoteId>(quoteId),
      startAt: startAt.toJSDate(),
      capCredits: capCredits ?? null,
    })
    return result.ok
      ? this.shown(ctx, result.campaignId)
      : refuseWith(scheduleRefusals, result.reason, staleSentence(result))
  }

  @Access('operator')
  @Mutation(() => CampaignResult, { description: 'Makes a scheduled campaign a draft again.' })
  async unscheduleCampaign(
    @Ctx() ctx: GraphContext,
    @Arg('campaignId', () => ID, { description: 'The campaign.' }) campaignId: string,
  ): Promise<CampaignType | Refused> {
    const result = await unscheduleCampaign(this.deps, ctx.scope, {
      campaignId: idArgument<CampaignId>(campaignId),
    })
    return result.ok ? this.shown(ctx, result.campaignId) : refuse(stateRefusals, result.reason)
  }

  @Access('operator')
  @Mutation(() => CampaignDrainResult, {
    description:
      'Once this is answered, nothing more of the campaign is authorised; the answer says what was before.',
  })
  async pauseCampaign(
    @Ctx() ctx: GraphContext,
    @Arg('campaignId', () => ID, { description: 'A running campaign.' }) campaignId: string,
  ): Promise<CampaignDrainType | Refused> {
    return this.drain(
      ctx,
      await pauseCampaign(this.deps, ctx.scope, { campaignId: idArgument<CampaignId>(campaignId) }),
    )
  }

  @Access('operator')
  @Mutation(() => CampaignResult, {
    description: 'Goes on at exactly the next recipient: nobody twice, nobody left out.',
  })
  async resumeCampaign(
    @Ctx() ctx: GraphContext,
    @Arg('campaignId', () => ID, { description: 'A paused campaign.' }) campaignId: string,
    @Arg('capCredits', () => Credits, {
      nullable: true,
      description: 'A new cap; the only way to exceed the quote.',
    })
    capCredits: number | null | undefined,
    @Arg('idempotencyKey', () => IdempotencyKey, {
      nullable: true,
      description: 'Makes a repeat answer the first resume.',
    })
    idempotencyKey: string | null | undefined,
  ): Promise<CampaignType | Refused> {
    const result = await resumeCampaign(this.deps, ctx.scope, {
      campaignId: idArgument<CampaignId>(campaignId),
      capCredits: capCredits ?? null,
      idempotencyKey: idempotencyKey ?? null,
    })
    return result.ok ? this.shown(ctx, result.campaignId) : refuse(resumeRefusals, result.reason)
  }

  @Access('operator')
  @Mutation(() => CampaignDrainResult, {
    description:
      'Ends it for good. Whoever still waits gets nothing; what is in flight is settled as it ends.',
  })
  async cancelCampaign(
    @Ctx() ctx: GraphContext,
    @Arg('campaignId', () => ID, { description: 'Any campaign that has not ended.' }) campaignId: string,
  ): Promise<CampaignDrainType | Refused> {
    return this.drain(
      ctx,
      await cancelCampaign(this.deps, ctx.scope, { campaignId: idArgument<CampaignId>(campaignId) }),
    )
  }

  @Access('operator')
  @Mutation(() => TestMessageResult, {
    description:
      'Sends the campaign’s text to one contact, through the same gate as every text: it needs consent, credits and a subscription. Name the contact by id or by number.',
  })
  async sendTestMessage(
    @Ctx() ctx: GraphContext,
    @Arg('campaignId', () => ID, { description: 'The campaign.' }) campaignId: string,
    @Arg('idempotencyKey', () => IdempotencyKey, {
      description: 'Makes a repeat answer the first test text.',
    })
    idempotencyKey: string,
    @Arg('contactId', () => ID, { nullable: true, description: 'The contact.' })
    contactId: string | null | undefined,
    @Arg('phone', () => ShortText, { nullable: true, description: 'Or its number, like +12125550123.' })
    phone: string | null | undefined,
  ): Promise<TestMessageType | Refused> {
    const to = contactId == null ? { phone: phone ?? '' } : { contactId: idArgument(contactId) }
    const input = { campaignId: idArgument<CampaignId>(campaignId), to, idempotencyKey }
    const result = await sendTest(this.deps, ctx.scope, input)
    if (result.ok) return { messageId: result.messageId, segments: result.segments, credits: result.credits }
    return refuseWith(
      testRefusals,
      result.reason,
      result.reason === 'may-not-text' ? skipWords[result.skipReason] : null,
    )
  }

  private async drain(ctx: GraphContext, result: PauseCampaignResult): Promise<CampaignDrainType | Refused> {
    if (!result.ok) return refuse(stateRefusals, result.reason)
    const { campaignId, inFlight, drainedBy } = result
    return { campaign: await this.shown(ctx, campaignId), inFlight, drainedBy }
  }

  private async shown(ctx: GraphContext, campaignId: CampaignId): Promise<CampaignType> {
    const campaign = await findCampaign(this.deps, ctx.scope, campaignId)
    assert(campaign !== null, 'a campaign that was just written is there')
    return toCampaign(campaign)
  }
}

function staleSentence(refusal: {
  reason: string
  staleReasons?: Extract<StartRefusal, { reason: 'quote-stale' }>['staleReasons']
}): string | null {
  return refusal.staleReasons?.map((reason) => staleWords[reason]).join(' ') ?? null
}
