import { IconSpeakerphone } from '@tabler/icons-react'
import type { Feature } from '../../app/feature.js'

export const campaigns: Feature = {
  path: '/campaigns',
  label: 'Campaigns',
  icon: <IconSpeakerphone size={18} stroke={1.7} />,
  hint: 'One text to many people, once each',
  needs: 'VIEWER',
  screens: [
    { path: '/campaigns', load: async () => (await import('./campaigns-page.js')).CampaignsPage },
    { path: '/campaigns/new', load: async () => (await import('./wizard/wizard-page.js')).WizardPage },
    { path: '/campaigns/:campaignId', load: async () => (await import('./campaign-page.js')).CampaignPage },
    {
      path: '/campaigns/:campaignId/edit',
      load: async () => (await import('./wizard/wizard-page.js')).WizardPage,
    },
  ],
  commands: [
    {
      label: 'New campaign',
      hint: 'Audience, text, quote, start',
      path: '/campaigns/new',
      needs: 'OPERATOR',
    },
  ],
}
