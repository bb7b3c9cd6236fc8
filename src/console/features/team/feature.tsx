import { IconUsersGroup } from '@tabler/icons-react'
import type { Feature } from '../../app/feature.js'

export const team: Feature = {
  path: '/team',
  label: 'Team',
  icon: <IconUsersGroup size={18} stroke={1.7} />,
  hint: 'Members, roles, settings of the account',
  needs: 'VIEWER',
  screens: [
    { path: '/team', load: async () => (await import('./team-page.js')).TeamPage },
    { path: '/team/history', load: async () => (await import('./history-page.js')).HistoryPage },
  ],
  commands: [
    { label: 'Audit log', hint: 'Who did what when in the account', path: '/team/history', needs: 'OWNER' },
  ],
}
