import { idArgument } from '../../../platform/graphql/index.js'
import type { ImportId } from '../../../kernel/ids.js'
import type { CreateCampaignInput } from '../create-campaign.js'
import type { AudienceInput } from '../domain/audience.js'
import type { UpdateCampaignInput } from '../update-campaign.js'
import type {
  CampaignAudienceInput,
  CreateCampaignInputType,
  UpdateCampaignInputType,
} from './campaign-inputs.types.js'

export function audienceOf(input: CampaignAudienceInput | null | undefined): AudienceInput {
  return {
    tags: input?.tags ?? [],
    excludeTags: input?.excludeTags ?? [],
    importId: input?.importId == null ? null : idArgument<ImportId>(input.importId),
  }
}

export function contentOfNew(input: CreateCampaignInputType): CreateCampaignInput {
  return {
    name: input.name,
    purpose: input.purpose ?? 'marketing',
    template: input.template,
    ...(input.optOutFooter == null ? {} : { optOutFooter: input.optOutFooter }),
    audience: audienceOf(input.audience),
    autoResume: input.autoResume ?? false,
    ownCapCredits: input.capCredits ?? null,
    expiresAt: input.expiresAt?.toJSDate() ?? null,
  }
}

/** Only what was given. Null takes away what may be absent, and says nothing about what may not. */
export function changesOf(input: UpdateCampaignInputType): Omit<UpdateCampaignInput, 'campaignId'> {
  return {
    ...(input.name == null ? {} : { name: input.name }),
    ...(input.purpose == null ? {} : { purpose: input.purpose }),
    ...(input.template == null ? {} : { template: input.template }),
    ...(input.audience == null ? {} : { audience: audienceOf(input.audience) }),
    ...(input.autoResume == null ? {} : { autoResume: input.autoResume }),
    ...(input.optOutFooter === undefined ? {} : { optOutFooter: input.optOutFooter }),
    ...(input.capCredits === undefined ? {} : { ownCapCredits: input.capCredits }),
    ...(input.expiresAt === undefined ? {} : { expiresAt: input.expiresAt?.toJSDate() ?? null }),
  }
}
