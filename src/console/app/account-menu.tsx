import { ActionIcon, Menu, Text, useMantineColorScheme } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDeviceDesktop, IconLogout, IconMoon, IconSun, IconUserCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useAction } from '../api/use-action.js'
import { SessionDocument, SwitchAccountDocument } from '../generated/graphql.js'
import { words } from '../shared/format.js'
import { signOut, useSession } from './session.js'

const schemes = [
  { scheme: 'auto', label: 'As the system', icon: <IconDeviceDesktop size={16} /> },
  { scheme: 'light', label: 'Light', icon: <IconSun size={16} /> },
  { scheme: 'dark', label: 'Dark', icon: <IconMoon size={16} /> },
] as const

/** Who is signed in, the other accounts, light and dark, and the way out. */
export function AccountMenu(): ReactNode {
  const { me, account, role } = useSession()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  // The session read again is what makes this the page of the other account.
  const choose = useAction(SwitchAccountDocument, (result) => result.switchAccount, [SessionDocument])
  const others = me.memberships.filter(({ accountId }) => accountId !== account?.id)
  const switchTo = async (accountId: string): Promise<void> => {
    if ((await choose.run({ accountId })) === null)
      notifications.show({ color: 'red', message: 'The account could not be changed. Try again.' })
  }
  return (
    <Menu position="bottom-end" width={260} withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label="You and your accounts">
          <IconUserCircle />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Text size="sm" fw={600} px="sm" pt="xs">
          {me.name}
        </Text>
        <Text size="xs" c="dimmed" px="sm" pb="xs">
          {me.email}
          <br />
          {role === null ? 'Administrator of the platform' : `${words(role)} of ${account?.name ?? ''}`}
        </Text>
        {others.length === 0 ? null : (
          <>
            <Menu.Divider />
            <Menu.Label>Work in another account</Menu.Label>
            {others.map(({ accountId, accountName }) => (
              <Menu.Item key={accountId} onClick={() => void switchTo(accountId)}>
                {accountName}
              </Menu.Item>
            ))}
          </>
        )}
        <Menu.Divider />
        <Menu.Label>Appearance</Menu.Label>
        {schemes.map(({ scheme, label, icon }) => (
          <Menu.Item
            key={scheme}
            leftSection={icon}
            onClick={() => {
              setColorScheme(scheme)
            }}
            {...(colorScheme === scheme ? { rightSection: '✓' } : {})}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
