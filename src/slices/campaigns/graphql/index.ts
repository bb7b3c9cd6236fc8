import { CampaignLiveResolver } from './campaign-live.resolver.js'
import { CampaignWritesResolver } from './campaign-writes.resolver.js'
import { CampaignsResolver } from './campaigns.resolver.js'

export const campaignResolvers = [CampaignsResolver, CampaignWritesResolver, CampaignLiveResolver] as const
