import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql'
import type { CampaignId } from '../../../kernel/ids.js'
import {
  Access,
  badUserInput,
  EventSeq,
  idArgument,
  type GraphContext,
} from '../../../platform/graphql/index.js'
import { lastSeq, type AccountEvent } from '../../../platform/realtime/event-log.js'
import { liveEvents } from '../../../platform/realtime/live-events.js'
import type { CampaignProgress } from '../campaign-progress.js'
import { liveProgress, liveProgressOf } from '../live-progress.js'
import { CampaignEventType } from './campaign-event.types.js'
import { CampaignProgressType } from './campaign-figures.types.js'
import { toEvent, toProgress } from './to-campaign.js'

/** As many as a list shows on its first page. */
const FOLLOWED_MAX = 50

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

  @Access('viewer')
  @Subscription(() => [CampaignProgressType], {
    description:
      'Where several campaigns stand now, and then all of them each time that one stands differently, at most five times a second. Campaigns that are not there are left out.',
    subscribe: ({ args, context }) => {
      const { services, scope } = context as GraphContext
      const { campaignIds } = args as { campaignIds: string[] }
      if (campaignIds.length > FOLLOWED_MAX)
        throw badUserInput(`At most ${String(FOLLOWED_MAX)} campaigns at once.`)
      return liveProgressOf(
        services,
        scope.accountId,
        campaignIds.map((id) => idArgument<CampaignId>(id)),
      )
    },
  })
  campaignsProgress(
    @Arg('campaignIds', () => [ID], { description: `The campaigns; at most ${String(FOLLOWED_MAX)}.` })
    _campaignIds: string[],
    @Root() progresses: CampaignProgress[],
  ): CampaignProgressType[] {
    return progresses.map(toProgress)
  }

  @Access('viewer')
  @Subscription(() => CampaignEventType, {
    description:
      'What happens to campaigns from a sequence number on, each event exactly once and in order: new ones, every change of state, and changes of what is written in them. Reconnect with the last `seq` you saw to miss nothing.',
    subscribe: ({ args, context }) => follow(args as { afterSeq?: number | null }, context as GraphContext),
  })
  campaignEvents(
    @Root() event: AccountEvent,
    @Arg('afterSeq', () => EventSeq, {
      nullable: true,
      description: 'Only later events; leave out for those from now on, give 0 for all that there are.',
    })
    _afterSeq: number | null | undefined,
  ): CampaignEventType {
    return toEvent(event)
  }
}

async function follow(
  args: { afterSeq?: number | null },
  { services: { db, events: listener }, scope: { accountId } }: GraphContext,
): Promise<AsyncIterable<AccountEvent>> {
  const afterSeq = args.afterSeq ?? (await lastSeq(db, accountId))
  return liveEvents({ db, listener, accountId, afterSeq, topics: ['campaigns'] })
}
