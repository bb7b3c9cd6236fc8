import { Anchor, Badge, Group, Text } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { DataTable, type Column } from '../../../shared/data-table.js'
import { Empty } from '../../../shared/empty.js'
import { count, words } from '../../../shared/format.js'
import { Instant } from '../../../shared/instant.js'
import { grouped } from '../grouped.js'
import { zonedText } from '../local-time.js'
import type { AppointmentDetail } from './appointment-page.js'

type Party = AppointmentDetail['parties'][number]

interface PartyTableProps {
  appointment: AppointmentDetail
  /** Of this revision, as it is pushed. */
  plan: AppointmentDetail['plan']
}

/** Who takes part, when it is for each, who has confirmed, and what became of the texts to each. */
export function PartyTable({ appointment, plan }: PartyTableProps): ReactNode {
  const { parties, startsAt } = appointment
  const clients = parties.filter(({ role }) => role === 'CLIENT')
  const confirmed = clients.filter(({ confirmedAt }) => confirmedAt != null).length
  return (
    <>
      <Text size="sm" mb="xs">
        {count(confirmed)} of {count(clients.length)} confirmed by a reply.
      </Text>
      <DataTable
        label="Who takes part"
        columns={columnsAt(startsAt, plan)}
        rows={parties}
        rowKey={({ partyId }) => partyId}
        height="32rem"
        empty={
          <Empty icon={<IconUsers />} title="Nobody takes part">
            Everybody has left this group.
          </Empty>
        }
      />
    </>
  )
}

const columnsAt = (startsAt: string, plan: AppointmentDetail['plan']): readonly Column<Party>[] => [
  {
    header: 'Name',
    width: 'minmax(10rem, 1.5fr)',
    cell: ({ name, contactId }) =>
      contactId == null || name == null ? (
        (name ?? 'Not texted')
      ) : (
        <Anchor component={Link} to={`/contacts/${contactId}`} size="sm">
          {name}
        </Anchor>
      ),
  },
  { header: 'As', width: '5rem', cell: ({ role }) => words(role) },
  { header: 'Begins for them', width: '13rem', cell: ({ zone }) => zonedText(startsAt, zone) },
  {
    header: 'Confirmed',
    width: '11rem',
    cell: ({ confirmedAt, code }) =>
      confirmedAt == null ? code == null ? '–' : `Asked to reply ${code}` : <Instant at={confirmedAt} />,
  },
  {
    header: 'Notifications of this revision',
    width: 'minmax(16rem, 2fr)',
    cell: ({ partyId }) => <Results plan={plan.filter((entry) => entry.partyId === partyId)} />,
  },
]

/** What became of the texts to one person, and what is still to come. */
function Results({ plan }: { plan: AppointmentDetail['plan'] }): ReactNode {
  if (plan.length === 0) return '–'
  const results = grouped(plan, ({ state, messageState }) =>
    words(state === 'QUEUED' ? (messageState ?? state) : state),
  )
  return (
    <Group gap={4} wrap="nowrap">
      {results.map(([result, entries]) => (
        <Badge key={result} variant="default" radius="sm" tt="none" fw={500}>
          {result} {count(entries.length)}
        </Badge>
      ))}
    </Group>
  )
}
