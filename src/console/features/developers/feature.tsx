import { IconCode } from '@tabler/icons-react'
import type { Feature } from '../../app/feature.js'

export const developers: Feature = {
  path: '/developers',
  label: 'Developers',
  icon: <IconCode size={18} stroke={1.7} />,
  hint: 'API keys and live events',
  needs: 'VIEWER',
  screens: [{ path: '/developers', load: async () => (await import('./developers-page.js')).DevelopersPage }],
}
