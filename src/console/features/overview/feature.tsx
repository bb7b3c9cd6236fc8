import { IconLayoutDashboard } from '@tabler/icons-react'
import type { Feature } from '../../app/feature.js'

export const overview: Feature = {
  path: '/',
  label: 'Overview',
  icon: <IconLayoutDashboard size={18} stroke={1.7} />,
  hint: 'Today, the balance, and what needs somebody',
  needs: 'VIEWER',
  screens: [{ path: '/', load: async () => (await import('./overview-page.js')).OverviewPage }],
}
