import { Anchor, Group, Paper, Stack, Table, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { MessageState, PlanEntryFragment } from '../../../generated/graphql.js'
import { StateBadge } from '../../../shared/state-badge.js'
import { zonedText } from '../local-time.js'
import { contextName, movedText } from '../wording.js'

const SHOWN_MAX = 200
const PHONE = '(max-width: 48em)'

interface PlanTableProps {
  plan: readonly PlanEntryFragment[]
  empty: string
  hasRevision?: boolean
}

/** What was, is and will be told: to whom, when on their own clock, and what became of it. */
export function PlanTable({ plan, empty, hasRevision = false }: PlanTableProps): ReactNode {
  const isPhone = useMediaQuery(PHONE)
  if (plan.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {empty}
      </Text>
    )
  }
  if (isPhone) return <PlanCards plan={plan.slice(0, SHOWN_MAX)} hasRevision={hasRevision} />
  return (
    <Stack gap="xs">
      <Table.ScrollContainer
        minWidth={620}
        scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': 'Who is told what' } }}
      >
        <Table verticalSpacing="xs" aria-label={hasRevision ? 'Earlier revisions' : 'Who is told what'}>
          <Table.Thead>
            <Table.Tr>
              {hasRevision ? <Table.Th>Revision</Table.Th> : null}
              <Table.Th>What</Table.Th>
              <Table.Th>To whom</Table.Th>
              <Table.Th>When, on their clock</Table.Th>
              <Table.Th>State</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {plan.slice(0, SHOWN_MAX).map((entry) => (
              <Table.Tr key={entry.id} data-plan={`${entry.context} ${entry.state}`}>
                {hasRevision ? <Table.Td>{entry.revision}</Table.Td> : null}
                <Table.Td>{contextName(entry.context, entry.offsetMinutes)}</Table.Td>
                <Table.Td>
                  {entry.name ?? 'Former contact'}
                  {entry.role === 'COACH' ? (
                    <Text size="xs" c="dimmed">
                      Coach
                    </Text>
                  ) : null}
                </Table.Td>
                <Table.Td>
                  <DueTime entry={entry} />
                </Table.Td>
                <Table.Td>
                  <Outcome entry={entry} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {plan.length > SHOWN_MAX ? (
        <Text size="xs" c="dimmed">
          The first {SHOWN_MAX} of {plan.length}. What became of the texts to each person is under “Members”.
        </Text>
      ) : null}
    </Stack>
  )
}

/** The same one under the other, where four columns have no room. */
function PlanCards({ plan, hasRevision }: { plan: PlanTableProps['plan']; hasRevision: boolean }): ReactNode {
  return (
    <Stack gap="xs" role="list" aria-label={hasRevision ? 'Earlier revisions' : 'Who is told what'}>
      {plan.map((entry) => (
        <Paper key={entry.id} withBorder p="sm" role="listitem" data-plan={`${entry.context} ${entry.state}`}>
          <Group justify="space-between" align="flex-start" wrap="nowrap" gap="xs">
            <div>
              <Text size="sm" fw={600}>
                {contextName(entry.context, entry.offsetMinutes)}
                {hasRevision ? ` (revision ${String(entry.revision)})` : ''}
              </Text>
              <Text size="sm">
                {entry.name ?? 'Former contact'}
                {entry.role === 'COACH' ? ', coach' : ''}
              </Text>
              <Text size="sm" component="div">
                <DueTime entry={entry} />
              </Text>
            </div>
            <div style={{ textAlign: 'end' }}>
              <Outcome entry={entry} />
            </div>
          </Group>
        </Paper>
      ))}
    </Stack>
  )
}

function DueTime({ entry: { dueAt, zone, movedMinutes } }: { entry: PlanEntryFragment }): ReactNode {
  const moved = movedText(movedMinutes)
  return (
    <>
      <time dateTime={dueAt}>{zonedText(dueAt, zone)}</time>
      {moved === null ? null : (
        <Text size="xs" c="dimmed">
          {moved}
        </Text>
      )}
    </>
  )
}

/** Of what became a text, where that stands; of the rest, why not. */
function Outcome({ entry }: { entry: PlanEntryFragment }): ReactNode {
  const { state, reasonWords, messageId, messageState, usefulUntil, zone } = entry
  if (state === 'QUEUED' && messageId != null) {
    return (
      <Group gap="xs">
        <StateBadge state={(messageState ?? 'pending').toUpperCase() as MessageState} />
        <Anchor component={Link} to={`/messages/${messageId}`} size="xs">
          Its text
        </Anchor>
      </Group>
    )
  }
  return (
    <>
      <StateBadge state={state} />
      {reasonWords == null ? null : <Text size="xs">{reasonWords}</Text>}
      {state === 'PLANNED' ? (
        <Text size="xs" c="dimmed">
          Not later than {zonedText(usefulUntil, zone)}
        </Text>
      ) : null}
      {state === 'VOIDED' && messageId != null ? (
        <Anchor component={Link} to={`/messages/${messageId}`} size="xs">
          Its text
        </Anchor>
      ) : null}
    </>
  )
}
