import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql'
import type { CampaignId } from '../../../kernel/ids.js'
import { Access, idArgument, type GraphContext } from '../../../platform/graphql/index.js'
import type { CampaignProgress } from '../campaign-progress.js'
import { liveProgress } from '../live-progress.js'
import { CampaignProgressType } from './campaign-figures.types.js'
import { toProgress } from './to-campaign.js'

@Resolver()
export class CampaignLiveResolver {
  @Access('viewer')
  @Subscription(() => CampaignProgressType, {
    nullable: true,
    description:
      'Where a campaign stands now, and then each time that it stands differently, at most five times a second. Null for a campaign that is not there.',
    subscribe: ({ args, context }) => {
      const { services, scope } = context as GraphContext
      const { campaignId } = args as { campaignId: string }
      return liveProgress(services, scope.accountId, idArgument<CampaignId>(campaignId))
    },
  })
  campaignProgress(
    @Arg('campaignId', () => ID, { description: 'The campaign.' }) _campaignId: string,
    @Root() progress: CampaignProgress | null,
  ): CampaignProgressType | null {
    return progress === null ? null : toProgress(progress)
  }
}
