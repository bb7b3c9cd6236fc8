import { IconUsers } from '@tabler/icons-react'
import type { Feature } from '../../app/feature.js'

export const contacts: Feature = {
  path: '/contacts',
  label: 'Contacts',
  icon: <IconUsers size={18} stroke={1.7} />,
  hint: 'People, and what they agreed to',
  needs: 'VIEWER',
  screens: [
    { path: '/contacts', load: async () => (await import('./contacts-page.js')).ContactsPage },
    { path: '/contacts/imports', load: async () => (await import('./imports-page.js')).ImportsPage },
    { path: '/contacts/imports/:importId', load: async () => (await import('./import-page.js')).ImportPage },
    { path: '/contacts/:contactId', load: async () => (await import('./contact-page.js')).ContactPage },
  ],
  commands: [
    { label: 'Import contacts', hint: 'From a CSV file', path: '/contacts/imports', needs: 'OPERATOR' },
  ],
}
