import { IconCode } from '@tabler/icons-react'
import type { Feature } from '../../app/feature.js'

export const developers: Feature = {
  path: '/developers',
  label: 'Developers',
  icon: <IconCode size={18} stroke={1.7} />,
  hint: 'API keys, webhooks and live events',
  needs: 'VIEWER',
  screens: [
    { path: '/developers', load: async () => (await import('./developers-page.js')).DevelopersPage },
    {
      path: '/developers/webhooks',
      load: async () => (await import('./webhooks/webhooks-page.js')).WebhooksPage,
    },
    {
      path: '/developers/webhooks/:id',
      load: async () => (await import('./webhooks/endpoint-page.js')).EndpointPage,
    },
  ],
  commands: [
    {
      label: 'Webhooks',
      hint: 'Your own servers are told what happens, signed; and the log of it',
      path: '/developers/webhooks',
      needs: 'OWNER',
    },
    {
      label: 'New webhook endpoint',
      hint: 'Another address that is told what happens',
      path: '/developers/webhooks?new',
      needs: 'OWNER',
    },
  ],
}
