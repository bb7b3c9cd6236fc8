import { CampaignApprovalResolver } from './campaign-approval.resolver.js'
import { CampaignLiveResolver } from './campaign-live.resolver.js'
import { CampaignWritesResolver } from './campaign-writes.resolver.js'
import { CampaignsResolver } from './campaigns.resolver.js'
import { HoursSimulationResolver } from './hours-simulation.resolver.js'

export const campaignResolvers = [
  CampaignsResolver,
  CampaignWritesResolver,
  CampaignApprovalResolver,
  CampaignLiveResolver,
  HoursSimulationResolver,
] as const
