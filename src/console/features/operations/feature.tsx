import { IconServerCog } from '@tabler/icons-react'
import type { Feature } from '../../app/feature.js'

export const operations: Feature = {
  path: '/operations',
  label: 'Operations',
  icon: <IconServerCog size={18} stroke={1.7} />,
  hint: 'The platform: stops, unknown outcomes, breaches',
  needs: 'platformAdmin',
  screens: [
    { path: '/operations', load: async () => (await import('./operations-page.js')).OperationsPage },
    {
      path: '/operations/accounts/:accountId',
      load: async () => (await import('./account-page.js')).AccountPage,
    },
  ],
}
