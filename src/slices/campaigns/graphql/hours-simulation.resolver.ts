import type { DateTime } from 'luxon'
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql'
import type { CampaignId } from '../../../kernel/ids.js'
import {
  Access,
  GraphContext,
  idArgument,
  Instant,
  refuse,
  type Refused,
} from '../../../platform/graphql/index.js'
import { MessagePurposeEnum } from '../../messages/graphql/message-enums.types.js'
import type { CampaignDeps } from '../campaign-deps.js'
import type { Purpose } from '../domain/opt-out-footer.js'
import { simulateAudienceHours, simulateHours } from '../simulate-hours.js'
import { CampaignAudienceInput } from './campaign-inputs.types.js'
import { HoursSimulationResult, HoursSimulationType } from './hours-simulation.types.js'
import { audienceRefusals } from './refusals.js'
import { audienceOf } from './to-input.js'

/** Goes through the whole audience. */
const SIMULATION_COST = 500

@Resolver()
export class HoursSimulationResolver {
  constructor(private readonly deps: CampaignDeps) {}

  @Access('viewer')
  @Query(() => HoursSimulationType, {
    nullable: true,
    complexity: SIMULATION_COST,
    description:
      'When each recipient of a campaign could be texted if it started then, and why: by the rules of the gate, over the audience as it is now.',
  })
  async simulateCampaignHours(
    @Ctx() ctx: GraphContext,
    @Arg('campaignId', () => ID, { description: 'The campaign.' }) campaignId: string,
    @Arg('startAt', () => Instant, { nullable: true, description: 'The start; now unless given.' })
    startAt: DateTime | null | undefined,
  ): Promise<HoursSimulationType | null> {
    return simulateHours(this.deps, ctx.scope, {
      campaignId: idArgument<CampaignId>(campaignId),
      startAt: startAt?.toJSDate() ?? null,
    })
  }

  @Access('viewer')
  @Query(() => HoursSimulationResult, {
    complexity: SIMULATION_COST,
    description:
      'When each recipient of an audience could be texted for a purpose if a campaign started then, and why: whoever would be a recipient now, by the rules of the gate. Needs no campaign and stores nothing.',
  })
  async simulateAudienceHours(
    @Ctx() ctx: GraphContext,
    @Arg('audience', () => CampaignAudienceInput, { description: 'Whom it would be for.' })
    audience: CampaignAudienceInput,
    @Arg('purpose', () => MessagePurposeEnum, { description: 'What the texts would be for.' })
    purpose: Purpose,
    @Arg('startAt', () => Instant, { nullable: true, description: 'The start; now unless given.' })
    startAt: DateTime | null | undefined,
  ): Promise<HoursSimulationType | Refused> {
    const result = await simulateAudienceHours(this.deps, ctx.scope, {
      audience: audienceOf(audience),
      purpose,
      startAt: startAt?.toJSDate() ?? null,
    })
    return result.ok ? result.simulation : refuse(audienceRefusals, result.reason)
  }
}
