import { Tabs } from '@mantine/core'
import type { ReactNode } from 'react'
import { refresh } from '../../api/use-read.js'
import { AuditBreachesDocument, AuditBreachFoundDocument } from '../../generated/graphql.js'
import { useLiveValue } from '../../live/use-live-value.js'
import { useRefreshOn } from '../../live/use-refresh-on.js'
import { Page } from '../../shared/page.js'
import { AccountTable } from './account-table.js'
import { Breaches } from './breaches.js'
import { Differences } from './differences.js'
import { PlatformSwitch } from './platform-switch.js'
import { Senders } from './senders.js'
import { WebhookInbox } from './webhook-inbox.js'

/** For those who look after the platform. */
export function OperationsPage(): ReactNode {
  const found = useLiveValue(AuditBreachFoundDocument, {}, ({ auditBreachFound }) => auditBreachFound.id, {
    position: { argument: 'afterId', start: '0', of: ({ auditBreachFound }) => auditBreachFound.id },
  })
  useRefreshOn(found, 1_000, () => {
    void refresh(AuditBreachesDocument)
  })
  return (
    <Page title="Operations" hint="The whole platform. Every decision here is kept with its reason.">
      <PlatformSwitch />
      <Tabs defaultValue="breaches" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="breaches">Broken rules</Tabs.Tab>
          <Tabs.Tab value="accounts">Accounts</Tabs.Tab>
          <Tabs.Tab value="webhooks">Webhook inbox</Tabs.Tab>
          <Tabs.Tab value="senders">Senders</Tabs.Tab>
          <Tabs.Tab value="differences">Differences in payments</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="breaches">
          <Breaches />
        </Tabs.Panel>
        <Tabs.Panel value="accounts">
          <AccountTable />
        </Tabs.Panel>
        <Tabs.Panel value="webhooks">
          <WebhookInbox />
        </Tabs.Panel>
        <Tabs.Panel value="senders">
          <Senders />
        </Tabs.Panel>
        <Tabs.Panel value="differences">
          <Differences />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}
