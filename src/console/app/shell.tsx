import { AppShell, Burger, Group, ScrollArea, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Suspense, type ReactNode } from 'react'
import { Outlet, useLocation, useNavigation } from 'react-router'
import { zoneName } from '../shared/instant.js'
import { PageWaiting } from '../shared/page-waiting.js'
import { AccountMenu } from './account-menu.js'
import { CommandPalette, PaletteButton } from './command-palette.js'
import { ConnectionBadge } from './connection-badge.js'
import { Gate } from './gate.js'
import { isWithin, Navigation } from './navigation.js'
import { useSession } from './session.js'
import { StaleNotice } from './stale-notice.js'
import { useFeatures } from './use-features.js'

const NAVIGATION_WIDTH = 232

/** What surrounds every screen: where you can go, who you are, and whether what you see is live. */
export function Shell(): ReactNode {
  const [isOpen, { toggle, close }] = useDisclosure()
  const { account } = useSession()
  const isLoading = useNavigation().state === 'loading'
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: NAVIGATION_WIDTH, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'md', md: 'lg' }}
    >
      <a className="skip-link" href="#content">
        To the content
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="xs">
          <Group gap="xs" wrap="nowrap" style={{ minWidth: 0 }}>
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Navigation" />
            <Gate size={28} />
            <div style={{ minWidth: 0 }}>
              <Title order={2} size="h5" lh={1.1}>
                Tollgate
              </Title>
              <Text size="xs" c="dimmed" truncate>
                {account?.name ?? 'Platform'}
              </Text>
            </div>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <ConnectionBadge />
            <PaletteButton />
            <AccountMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label="Main" className="navigation" data-open={isOpen}>
        <AppShell.Section grow component={ScrollArea}>
          <Navigation onGo={close} />
        </AppShell.Section>
        <AppShell.Section>
          <Text size="xs" c="dimmed" p="xs">
            <ClockHere />
          </Text>
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} aria-busy={isLoading} style={{ outline: 'none' }}>
        <StaleNotice />
        <Suspense fallback={<PageWaiting />}>
          <Outlet />
        </Suspense>
      </AppShell.Main>
      <CommandPalette />
    </AppShell>
  )
}

/** On which clock the moments of this screen are told. */
function ClockHere(): ReactNode {
  const { pathname } = useLocation()
  const here = useFeatures().find(({ path }) => path !== '/' && isWithin(pathname, path))
  return here?.clock ?? `All times: ${zoneName}`
}
