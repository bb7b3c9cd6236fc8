import { Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useMay } from '../../app/session.js'
import { Page } from '../../shared/page.js'
import { Section } from '../../shared/section.js'
import { AccountSettings } from './account-settings.js'
import { ChangePassword } from './change-password.js'
import { Members } from './members.js'

/** Who works here, and on what terms the account sends. */
export function TeamPage(): ReactNode {
  const isOwner = useMay('OWNER')
  return (
    <Page
      title="Team"
      actions={
        isOwner ? (
          <Button
            component={Link}
            to="/team/history"
            variant="default"
            leftSection={<IconHistory size={16} />}
          >
            Audit log
          </Button>
        ) : null
      }
    >
      <Section
        title="Members"
        hint="Viewers look on without numbers and texts, operators work, owners also buy and decide."
      >
        <Members />
      </Section>
      <Section title="How this account sends">
        <AccountSettings mayChange={isOwner} />
      </Section>
      <Section title="Your password" hint="Changing it ends all your other sessions.">
        <ChangePassword />
      </Section>
    </Page>
  )
}
