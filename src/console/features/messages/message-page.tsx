import { Alert, SimpleGrid } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { refresh, useRead } from '../../api/use-read.js'
import { NotFound } from '../../app/not-found.js'
import { MessageDocument, MessageEventsDocument, type MessageQuery } from '../../generated/graphql.js'
import { useLiveEvents } from '../../live/use-live-events.js'
import { BackLink } from '../../shared/back-link.js'
import { Copyable } from '../../shared/copyable.js'
import { Facts } from '../../shared/facts.js'
import { count, quantity, words } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'
import { Page } from '../../shared/page.js'
import { PageWaiting } from '../../shared/page-waiting.js'
import { PhonePreview } from '../../shared/phone-preview.js'
import { Failure } from '../../shared/problem.js'
import { Section } from '../../shared/section.js'
import { StateBadge } from '../../shared/state-badge.js'
import { Story } from './story.js'

type Message = NonNullable<MessageQuery['message']>

/** One text and its whole story. */
export function MessagePage(): ReactNode {
  const { messageId = '' } = useParams()
  const { data, error } = useRead(MessageDocument, { id: messageId })
  useLiveEvents(MessageEventsDocument, {}, ({ messageEvents }) => messageEvents, {
    onBegin: () => {
      void refresh(MessageDocument)
    },
    onEvents: (events) => {
      if (events.some(({ messages }) => messages.includes(messageId))) void refresh(MessageDocument)
    },
  })
  if (error !== null) return <Failure error={error} />
  if (data === undefined) return <PageWaiting />
  return data.message == null ? <NotFound /> : <OneText message={data.message} />
}

function OneText({ message }: { message: Message }): ReactNode {
  const { delivery, failure } = message
  return (
    <Page
      back={<BackLink to="/messages">Messages</BackLink>}
      title={`To ${message.phone}`}
      hint={
        <>
          <StateBadge state={message.state} /> written <Instant at={message.createdAt} hasSeconds />
        </>
      }
    >
      {failure == null ? null : (
        <Alert color="red" title={`${failure.words} (${String(failure.code)})`}>
          {failure.remedy}
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Section title="Text">
          <PhonePreview
            text={message.body ?? 'Shown to operators and owners only.'}
            caption={`${quantity(message.segments, 'segment')}, ${quantity(message.cost, 'credit')}`}
          />
        </Section>
        <Section title="Facts">
          <Facts
            facts={[
              ['Purpose', words(message.purpose)],
              ['Country', message.country],
              [
                'Campaign',
                message.campaignId == null ? (
                  'None: a single text'
                ) : (
                  <Link to={`/campaigns/${message.campaignId}`}>
                    No. {count(message.place ?? 0)} of the campaign
                  </Link>
                ),
              ],
              [
                'Contact',
                message.contactId == null ? '–' : <Link to={`/contacts/${message.contactId}`}>Open</Link>,
              ],
              ['Tries', count(message.tries)],
              ['Why it stands there', message.reason == null ? '–' : words(message.reason)],
              ['Not before', <Instant key="before" at={message.notBefore} />],
              ['Of no use after', <Instant key="after" at={message.expiresAt} />],
              [
                'At the carrier',
                delivery == null ? 'No report' : `${words(delivery.status)} ${delivery.errorWords ?? ''}`,
              ],
              ['Carrier’s id', message.sid == null ? '–' : <Copyable key="sid" text={message.sid} />],
              ['Id', <Copyable key="id" text={message.id} />],
            ]}
          />
        </Section>
      </SimpleGrid>
      <Section title="Story" hint="Everything that is known to have happened, in order.">
        <Story entries={message.timeline} />
      </Section>
    </Page>
  )
}
