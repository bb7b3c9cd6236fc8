import { CampaignApprovalResolver } from './campaign-approval.resolver.js'
import { CampaignLiveResolver } from './campaign-live.resolver.js'
import { CampaignWritesResolver } from './campaign-writes.resolver.js'
import { CampaignsResolver } from './campaigns.resolver.js'

export const campaignResolvers = [
  CampaignsResolver,
  CampaignWritesResolver,
  CampaignApprovalResolver,
  CampaignLiveResolver,
] as const
