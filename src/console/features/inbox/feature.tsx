import { IconInbox } from '@tabler/icons-react'
import type { Feature } from '../../app/feature.js'
import { UnreadBadge } from './unread-badge.js'

const loadPage = async () => (await import('./inbox-page.js')).InboxPage

export const inbox: Feature = {
  path: '/inbox',
  label: 'Inbox',
  icon: <IconInbox size={18} stroke={1.7} />,
  badge: UnreadBadge,
  hint: 'What people text to you, and your answers',
  needs: 'VIEWER',
  screens: [
    { path: '/inbox', load: loadPage },
    { path: '/inbox/:conversationId', load: loadPage },
  ],
  commands: [
    {
      label: 'Conversations that need a person',
      hint: 'Texts that no rule could settle',
      path: '/inbox?show=attention',
      needs: 'VIEWER',
    },
  ],
}
