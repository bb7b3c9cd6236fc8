import { Group, Text } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useMemo, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import type { CalendarEntryFragment } from '../../../generated/graphql.js'
import { DataTable, type Column } from '../../../shared/data-table.js'
import { StateBadge } from '../../../shared/state-badge.js'
import { clocksDiffer, zonedText } from '../local-time.js'
import { clientsText, kindWords } from '../wording.js'

interface AppointmentListProps {
  rows: readonly CalendarEntryFragment[]
  zone: string
  isLoading: boolean
  hasMore?: boolean
  loadMore?: () => void
  height?: string
  empty: ReactNode
}

/** Appointments one under the other, in the order of the calendar. */
export function AppointmentList({ zone, ...table }: AppointmentListProps): ReactNode {
  const navigate = useNavigate()
  return (
    <DataTable
      {...table}
      label="Appointments"
      columns={useMemo(() => columnsIn(zone), [zone])}
      rowKey={({ id }) => id}
      onOpen={({ id }) => void navigate(`/appointments/${id}`)}
    />
  )
}

const columnsIn = (zone: string): readonly Column<CalendarEntryFragment>[] => [
  {
    header: 'When',
    width: '12.5rem',
    cell: ({ startsAt }) => <time dateTime={startsAt}>{zonedText(startsAt, zone)}</time>,
  },
  {
    header: 'Where it is',
    width: '10rem',
    cell: ({ startsAt, zone: own }) =>
      clocksDiffer(startsAt, zone, own) ? zonedText(startsAt, own) : 'Same clock',
  },
  { header: 'Who comes', width: 'minmax(10rem, 1.5fr)', cell: ({ parties }) => <Who parties={parties} /> },
  { header: 'About', width: 'minmax(8rem, 1fr)', cell: ({ title }) => title ?? '–' },
  { header: 'Kind', width: '8.5rem', cell: ({ kind }) => kindWords[kind] },
  { header: 'State', width: '7rem', cell: ({ state }) => <StateBadge state={state} /> },
]

function Who({ parties }: { parties: CalendarEntryFragment['parties'] }): ReactNode {
  const isConfirmed = parties.some(({ role, confirmedAt }) => role === 'CLIENT' && confirmedAt != null)
  return (
    <Group gap={6} wrap="nowrap">
      <Text size="sm" fw={600} truncate>
        {clientsText(parties)}
      </Text>
      {isConfirmed ? (
        <IconCheck size={14} aria-label="Confirmed" color="var(--mantine-color-teal-6)" />
      ) : null}
    </Group>
  )
}
