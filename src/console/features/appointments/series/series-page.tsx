import { Badge, Button, Group, Menu } from '@mantine/core'
import { IconCalendarTime, IconChevronDown, IconTrash, IconUsers } from '@tabler/icons-react'
import { useMemo, useState, type ReactNode } from 'react'
import { useNavigate, useParams } from 'react-router'
import { refresh, useRead } from '../../../api/use-read.js'
import { NotFound } from '../../../app/not-found.js'
import { useMay } from '../../../app/session.js'
import { AppointmentSeriesDocument } from '../../../generated/graphql.js'
import { BackLink } from '../../../shared/back-link.js'
import { DataTable, type Column } from '../../../shared/data-table.js'
import { Empty } from '../../../shared/empty.js'
import { Facts } from '../../../shared/facts.js'
import { words } from '../../../shared/format.js'
import { Page } from '../../../shared/page.js'
import { PageWaiting } from '../../../shared/page-waiting.js'
import { Failure } from '../../../shared/problem.js'
import { Section } from '../../../shared/section.js'
import { StateBadge } from '../../../shared/state-badge.js'
import { ruleWords } from '../booking/rhythm.js'
import { zonedText } from '../local-time.js'
import { useNewsOf } from '../use-appointment-news.js'
import { clientsText, listText } from '../wording.js'
import { CancelSeriesDialog } from './cancel-series-dialog.js'
import { peopleOf, type Occurrence, type SeriesDetail } from './series-people.js'
import { MoveSeriesDialog } from './move-series-dialog.js'

/** A series: its rhythm in words, its occurrences, and what can be done with the rest of it. */
export function SeriesPage(): ReactNode {
  const { seriesId = '' } = useParams()
  const { data, error } = useRead(AppointmentSeriesDocument, { id: seriesId })
  const series = data?.appointmentSeries
  useNewsOf(series?.occurrences.map(({ id }) => id) ?? [], () => {
    void refresh(AppointmentSeriesDocument)
  })
  if (error !== null) return <Failure error={error} />
  if (data === undefined) return <PageWaiting />
  return series == null ? <NotFound /> : <Shown key={series.id} series={series} />
}

function Shown({ series }: { series: SeriesDetail }): ReactNode {
  const navigate = useNavigate()
  const { title, rule, localStart, zone, durationMinutes, location, state, occurrences, remindedId } = series
  const parties = peopleOf(series)
  const columns = useMemo(() => columnsFor(remindedId ?? null), [remindedId])
  return (
    <Page
      back={<BackLink to="/appointments/series">Series</BackLink>}
      title={title ?? `Series with ${clientsText(parties)}`}
      hint={
        <Group gap="xs">
          <Badge variant="light" radius="sm" tt="none" color={state === 'active' ? 'indigo' : 'gray'}>
            {words(state)}
          </Badge>
          {ruleWords(rule, localStart.slice(0, 10))}
        </Group>
      }
      actions={<Actions series={series} />}
    >
      <Section title="The series">
        <Facts
          facts={[
            ['Rhythm', ruleWords(rule, localStart.slice(0, 10))],
            ['At', `${localStart.slice(11, 16)} in ${zone}, whatever the season`],
            ['Length', `${String(durationMinutes)} minutes`],
            ['Who comes', listText(namesOf(parties))],
            ['Place', location],
          ]}
        />
      </Section>
      <Section
        title="Occurrences"
        hint="Reminders are for the next one only. Eight are written ahead; the rest is the rhythm."
      >
        <DataTable
          label="Occurrences"
          columns={columns}
          rows={occurrences}
          rowKey={({ id }) => id}
          onOpen={({ id }) => void navigate(`/appointments/${id}`)}
          height="28rem"
          empty={
            <Empty icon={<IconUsers />} title="No occurrence is written yet">
              They appear as their time comes nearer.
            </Empty>
          }
        />
      </Section>
    </Page>
  )
}

const NAMED_MAX = 5

function namesOf(parties: Occurrence['parties']): string[] {
  const names = parties
    .filter(({ role }) => role === 'CLIENT')
    .map(({ name, zone }) => `${name ?? 'Former contact'} (${zone})`)
  const rest = names.length - NAMED_MAX
  return rest > 0 ? [...names.slice(0, NAMED_MAX), `${String(rest)} more`] : names
}

const columnsFor = (remindedId: string | null): readonly Column<Occurrence>[] => [
  { header: 'When', width: 'minmax(13rem, 1fr)', cell: ({ startsAt, zone }) => zonedText(startsAt, zone) },
  { header: 'State', width: '8rem', cell: ({ state }) => <StateBadge state={state} /> },
  {
    header: 'Confirmed',
    width: '8rem',
    cell: ({ parties }) => {
      const clients = parties.filter(({ role }) => role === 'CLIENT')
      return `${String(clients.filter(({ confirmedAt }) => confirmedAt != null).length)} of ${String(clients.length)}`
    },
  },
  {
    header: 'Reminders',
    width: 'minmax(10rem, 1fr)',
    cell: ({ id }) => (id === remindedId ? 'This one is reminded of' : '–'),
  },
]

function Actions({ series }: { series: SeriesDetail }): ReactNode {
  const mayWrite = useMay('OPERATOR')
  const [deed, setDeed] = useState<'move' | 'cancel' | null>(null)
  if (!mayWrite || series.state !== 'active') return null
  const close = (): void => {
    setDeed(null)
  }
  return (
    <>
      <Button
        leftSection={<IconCalendarTime size={16} />}
        onClick={() => {
          setDeed('move')
        }}
      >
        Move the rest…
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} />}>
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} />}
            onClick={() => {
              setDeed('cancel')
            }}
          >
            Cancel the rest…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {deed === 'move' ? <MoveSeriesDialog series={series} onClose={close} /> : null}
      {deed === 'cancel' ? <CancelSeriesDialog series={series} onClose={close} /> : null}
    </>
  )
}
