import { Anchor, Code, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useMay } from '../../app/session.js'
import { Page } from '../../shared/page.js'
import { Section } from '../../shared/section.js'
import { ApiKeys } from './api-keys.js'
import { EventTail } from './event-tail.js'
import { WebhooksSection } from './webhooks/webhooks-section.js'

/** For those who build on the API. */
export function DevelopersPage(): ReactNode {
  const isOwner = useMay('OWNER')
  return (
    <Page
      title="Developers"
      hint={
        <>
          GraphQL at <Code>{location.origin}/graphql</Code>, live over WebSocket at the same address.{' '}
          <Anchor href="/explorer" size="sm" underline="always">
            Try it
          </Anchor>
        </>
      }
    >
      {isOwner ? (
        <>
          <Section title="API keys" hint="For programs. A key never administers the account.">
            <ApiKeys />
          </Section>
          <WebhooksSection />
        </>
      ) : (
        <Text size="sm" c="dimmed">
          Owners make and revoke API keys, and say where webhooks go.
        </Text>
      )}
      <Section
        title="Live events"
        hint="What happens to messages, as programs get it from messageEvents: each event once and in order."
      >
        <EventTail />
      </Section>
    </Page>
  )
}
