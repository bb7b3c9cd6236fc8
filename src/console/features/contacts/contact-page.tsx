import { Alert, Badge, Group, SimpleGrid, Stack, Text, Timeline } from '@mantine/core'
import { IconBan, IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { usePages } from '../../api/use-pages.js'
import { useRead } from '../../api/use-read.js'
import { NotFound } from '../../app/not-found.js'
import { useMay } from '../../app/session.js'
import {
  ConsentHistoryDocument,
  ContactDocument,
  type ConsentHistoryQuery,
  type ContactQuery,
} from '../../generated/graphql.js'
import { BackLink } from '../../shared/back-link.js'
import { Facts } from '../../shared/facts.js'
import { words } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'
import { Page } from '../../shared/page.js'
import { PageWaiting } from '../../shared/page-waiting.js'
import { Failure } from '../../shared/problem.js'
import { Section } from '../../shared/section.js'
import { ContactAppointments } from '../appointments/contact-appointments.js'
import { MessageTable } from '../messages/message-table.js'
import { ConsentCheck } from './consent-check.js'
import { ConsentForms } from './consent-forms.js'
import { DeleteContact } from './delete-contact.js'

type Contact = NonNullable<ContactQuery['contact']>
type ConsentEvent = NonNullable<ConsentHistoryQuery['contact']>['consentEvents']['edges'][number]['node']

/** One person: may they be texted, why, and everything that was ever said about it. */
export function ContactPage(): ReactNode {
  const { contactId = '' } = useParams()
  const { data, error } = useRead(ContactDocument, { id: contactId })
  if (error !== null) return <Failure error={error} />
  if (data === undefined) return <PageWaiting />
  return data.contact == null ? <NotFound /> : <Person contact={data.contact} />
}

function Person({ contact }: { contact: Contact }): ReactNode {
  const mayWrite = useMay('OPERATOR')
  const name = [contact.firstName, contact.lastName].filter(Boolean).join(' ')
  return (
    <Page
      back={<BackLink to="/contacts">Contacts</BackLink>}
      title={name === '' ? contact.phone : name}
      hint={contact.phone}
      actions={
        <>
          <ConsentCheck phone={mayWrite ? contact.phone : ''} />
          {mayWrite ? <ConsentForms phone={contact.phone} /> : null}
          {mayWrite ? (
            <DeleteContact contactId={contact.id} name={name === '' ? contact.phone : name} />
          ) : null}
        </>
      }
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        {contact.sendability.map(({ purpose, mayText, words: why }) => (
          <Alert
            key={purpose}
            color={mayText ? 'teal' : 'gray'}
            icon={mayText ? <IconCheck /> : <IconBan />}
            title={`${words(purpose)}: ${mayText ? 'may be texted' : 'may not be texted'}`}
          >
            {why}
          </Alert>
        ))}
      </SimpleGrid>
      <Section title="Details">
        <Facts
          facts={[
            ['Number', `${contact.phone} (${words(contact.numberType)}, ${contact.country})`],
            ['E-mail', contact.email],
            ['Region', contact.region],
            ['Time zone', contact.timeZone],
            ['Known since', <Instant key="since" at={contact.createdAt} />],
            [
              'Came with',
              contact.importId == null ? (
                '–'
              ) : (
                <Link to={`/contacts/imports/${contact.importId}`}>an import</Link>
              ),
            ],
            ...contact.attributes.map(({ name: field, value }) => [field, value] as const),
          ]}
        />
        <Group gap={4}>
          {contact.tags.map((tag) => (
            <Badge key={tag} variant="default" tt="none" radius="sm">
              {tag}
            </Badge>
          ))}
        </Group>
      </Section>
      <Section
        title="Consent"
        hint="Everything that was ever said, newest first. Nothing of it can be changed."
      >
        <History contactId={contact.id} />
      </Section>
      <Section title="Appointments" hint="What is to come">
        <ContactAppointments contactId={contact.id} />
      </Section>
      <Section title="Texts">
        <MessageTable filter={{ contactId: contact.id }} height="20rem" />
      </Section>
    </Page>
  )
}

function History({ contactId }: { contactId: string }): ReactNode {
  const { rows, error } = usePages(
    ConsentHistoryDocument,
    { contactId },
    ({ contact }) => contact?.consentEvents,
  )
  if (error !== null) return <Failure error={error} />
  if (rows.length === 0) return <Text c="dimmed">Nobody has asked this person yet.</Text>
  return (
    <Timeline bulletSize={22} lineWidth={2} active={rows.length}>
      {rows.map((event) => (
        <Timeline.Item
          key={event.id}
          color={event.action === 'GRANT' ? 'teal' : 'red'}
          bullet={event.action === 'GRANT' ? <IconCheck size={12} /> : <IconBan size={12} />}
          title={`${event.action === 'GRANT' ? 'Agreed to' : 'Revoked'} ${words(event.purpose).toLowerCase()}`}
        >
          <Evidence event={event} />
        </Timeline.Item>
      ))}
    </Timeline>
  )
}

function Evidence({ event }: { event: ConsentEvent }): ReactNode {
  return (
    <Stack gap={2}>
      <Text size="sm">
        <Instant at={event.occurredAt} /> · {words(event.method)}
        {event.level == null ? '' : `, ${words(event.level).toLowerCase()}`}
        {event.source == null ? '' : ` · ${event.source}`}
      </Text>
      {event.exactText == null ? null : <Text size="sm">“{event.exactText}”</Text>}
      <details>
        <summary>Evidence</summary>
        <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
          {event.evidence}
        </Text>
        <Text size="xs" c="dimmed">
          Written down <Instant at={event.recordedAt} hasSeconds /> by {event.actor ?? 'the program'} ·{' '}
          {event.id}
        </Text>
      </details>
    </Stack>
  )
}
