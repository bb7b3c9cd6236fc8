import { IconMessages } from '@tabler/icons-react'
import type { Feature } from '../../app/feature.js'

export const messages: Feature = {
  path: '/messages',
  label: 'Messages',
  icon: <IconMessages size={18} stroke={1.7} />,
  hint: 'Every text and its whole story',
  needs: 'VIEWER',
  screens: [
    { path: '/messages', load: async () => (await import('./messages-page.js')).MessagesPage },
    { path: '/messages/:messageId', load: async () => (await import('./message-page.js')).MessagePage },
  ],
}
