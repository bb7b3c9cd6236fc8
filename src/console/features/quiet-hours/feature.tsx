import { IconMoon } from '@tabler/icons-react'
import type { Feature } from '../../app/feature.js'

export const quietHours: Feature = {
  path: '/quiet-hours',
  label: 'Quiet hours',
  icon: <IconMoon size={18} stroke={1.7} />,
  hint: 'When texts may go, and when a campaign would reach each person',
  needs: 'VIEWER',
  clock: 'Hours are those of each recipient’s own clock.',
  screens: [
    { path: '/quiet-hours', load: async () => (await import('./quiet-hours-page.js')).QuietHoursPage },
  ],
}
