import type { DateTime } from 'luxon'
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql'
import type { CampaignId } from '../../../kernel/ids.js'
import { Access, GraphContext, idArgument, Instant } from '../../../platform/graphql/index.js'
import type { CampaignDeps } from '../campaign-deps.js'
import { simulateHours } from '../simulate-hours.js'
import { HoursSimulationType } from './hours-simulation.types.js'

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
}
