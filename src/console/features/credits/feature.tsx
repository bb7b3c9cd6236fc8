import { IconCoins } from '@tabler/icons-react'
import type { Feature } from '../../app/feature.js'

export const credits: Feature = {
  path: '/credits',
  label: 'Credits',
  icon: <IconCoins size={18} stroke={1.7} />,
  hint: 'Balance, lots, ledger, buying',
  needs: 'VIEWER',
  screens: [
    { path: '/credits', load: async () => (await import('./credits-page.js')).CreditsPage },
    { path: '/credits/ledger', load: async () => (await import('./ledger-page.js')).LedgerPage },
    { path: '/credits/buy', load: async () => (await import('./buy-page.js')).BuyPage },
  ],
  commands: [
    { label: 'Buy credits', hint: 'Packs, plans, automatic top-up', path: '/credits/buy', needs: 'OWNER' },
    { label: 'Search the ledger', hint: 'Every transfer', path: '/credits/ledger', needs: 'VIEWER' },
  ],
}
