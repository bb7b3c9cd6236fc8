import type { CampaignQuery, CreateCampaignInput, MessagePurpose } from '../../../generated/graphql.js'

/** A campaign as its author fills it in. */
export interface Draft {
  name: string
  purpose: MessagePurpose
  source: 'everybody' | 'tags' | 'import'
  tags: string[]
  excludeTags: string[]
  importId: string | null
  template: string
  optOutFooter: string
  autoResume: boolean
}

export const DEFAULT_FOOTER = 'Reply STOP to opt out.'

export const emptyDraft: Draft = {
  name: '',
  purpose: 'MARKETING',
  source: 'everybody',
  tags: [],
  excludeTags: [],
  importId: null,
  template: '',
  optOutFooter: DEFAULT_FOOTER,
  autoResume: true,
}

export function draftOf(campaign: NonNullable<CampaignQuery['campaign']>): Draft {
  const { audience } = campaign
  return {
    name: campaign.name,
    purpose: campaign.purpose,
    source: audience.importId != null ? 'import' : audience.tags.length > 0 ? 'tags' : 'everybody',
    tags: [...audience.tags],
    excludeTags: [...audience.excludeTags],
    importId: audience.importId ?? null,
    template: campaign.template,
    optOutFooter: campaign.optOutFooter ?? '',
    autoResume: campaign.autoResume,
  }
}

export function inputOf(draft: Draft): CreateCampaignInput {
  return {
    name: draft.name.trim(),
    purpose: draft.purpose,
    template: draft.template,
    optOutFooter: draft.optOutFooter,
    autoResume: draft.autoResume,
    audience: audienceOf(draft),
  }
}

export function audienceOf(draft: Draft): NonNullable<CreateCampaignInput['audience']> {
  return {
    tags: draft.source === 'tags' ? draft.tags : [],
    excludeTags: draft.excludeTags,
    importId: draft.source === 'import' ? draft.importId : null,
  }
}

/** What still has to be said before the next step; null when nothing is missing. */
export function missingAudience(draft: Draft): string | null {
  if (draft.name.trim() === '') return 'Give the campaign a name.'
  if (draft.source === 'tags' && draft.tags.length === 0) return 'Choose at least one tag.'
  if (draft.source === 'import' && draft.importId === null) return 'Choose an import, or upload a file.'
  return null
}

/** The text as it leaves, fields not yet filled in. */
export function wholeText(draft: Draft): string {
  const footer = draft.optOutFooter.trim()
  return footer === '' ? draft.template : `${draft.template}\n${footer}`
}
