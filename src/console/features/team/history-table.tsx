import { Badge, Stack, Table, Text } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { AccountHistoryQuery, HistoryKind } from '../../generated/graphql.js'
import { Empty } from '../../shared/empty.js'
import { words } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'
import { Section } from '../../shared/section.js'

type Entry = AccountHistoryQuery['accountHistory']['edges'][number]['node']

const colours: Readonly<Record<HistoryKind, string>> = {
  MEMBERS: 'indigo',
  KEYS: 'grape',
  SETTINGS: 'gray',
  CONSENTS: 'teal',
  CAMPAIGNS: 'blue',
  DECISIONS: 'orange',
  CREDITS: 'cyan',
  SENDING: 'red',
}

/** Entries of the histories, with what was done in words. */
export function HistoryTable({ rows }: { rows: readonly Entry[] }): ReactNode {
  if (rows.length === 0)
    return (
      <Empty icon={<IconHistory />} title="Nothing like that">
        Whatever somebody changes in this account from now on is kept here with their name.
      </Empty>
    )
  return (
    <Section>
      <Table.ScrollContainer minWidth={280}>
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={130} visibleFrom="sm">
                When
              </Table.Th>
              <Table.Th w={170} visibleFrom="sm">
                Who
              </Table.Th>
              <Table.Th w={120} visibleFrom="sm">
                About
              </Table.Th>
              <Table.Th>What</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((entry) => (
              <Table.Tr key={entry.id} data-history={entry.kind}>
                <Table.Td visibleFrom="sm">
                  <Instant at={entry.at} />
                </Table.Td>
                <Table.Td visibleFrom="sm">{whoText(entry)}</Table.Td>
                <Table.Td visibleFrom="sm">
                  <Badge variant="light" color={colours[entry.kind]} tt="none" radius="sm">
                    {words(entry.kind)}
                  </Badge>
                </Table.Td>
                <Table.Td>
                  <Text size="xs" c="dimmed" hiddenFrom="sm" component="div">
                    <Instant at={entry.at} /> · {whoText(entry)}
                  </Text>
                  <What entry={entry} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  )
}

function whoText({ actor, actorName }: Entry): ReactNode {
  if (actor === 'PERSON') return actorName ?? 'Somebody'
  if (actor === 'API_KEY') return `API key “${actorName ?? 'unknown'}”`
  if (actor === 'PLATFORM') return 'The platform'
  return (
    <Text span size="sm" c="dimmed">
      {actor === 'PROGRAM' ? 'The program' : 'Not on record'}
    </Text>
  )
}

function What({ entry }: { entry: Entry }): ReactNode {
  const path = subjectPath(entry)
  return (
    <Stack gap={2}>
      <Text size="sm">
        {entry.words}
        {path === null ? null : (
          <>
            {' · '}
            <Link to={path}>Open</Link>
          </>
        )}
      </Text>
      {entry.details.length === 0 ? null : (
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {entry.details.map(({ name, value }) => `${words(name)}: ${value}`).join(' · ')}
        </Text>
      )}
    </Stack>
  )
}

/** Where the thing can be seen that it was about. */
function subjectPath({ kind, subjectId }: Entry): string | null {
  if (subjectId == null) return null
  if (kind === 'DECISIONS') return `/messages/${subjectId}`
  return kind === 'CONSENTS' ? `/contacts/imports/${subjectId}` : `/campaigns/${subjectId}`
}
