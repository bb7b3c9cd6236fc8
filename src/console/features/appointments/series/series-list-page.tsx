import { Badge } from '@mantine/core'
import { IconRepeat } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { usePages } from '../../../api/use-pages.js'
import { refresh } from '../../../api/use-read.js'
import { AppointmentSeriesListDocument, type AppointmentSeriesListQuery } from '../../../generated/graphql.js'
import { useRefreshOn } from '../../../live/use-refresh-on.js'
import { BackLink } from '../../../shared/back-link.js'
import { DataTable, type Column } from '../../../shared/data-table.js'
import { Empty } from '../../../shared/empty.js'
import { words } from '../../../shared/format.js'
import { Page } from '../../../shared/page.js'
import { Failure } from '../../../shared/problem.js'
import { ruleWords } from '../booking/rhythm.js'
import { zonedText } from '../local-time.js'
import { useAppointmentNews } from '../use-appointment-news.js'
import { clientsText } from '../wording.js'

type Row = AppointmentSeriesListQuery['appointmentSeriesList']['edges'][number]['node']

const REFRESH_MS = 1_000

/** All series, newest first: their rhythm, who comes, and when next. */
export function SeriesListPage(): ReactNode {
  const navigate = useNavigate()
  const pages = usePages(
    AppointmentSeriesListDocument,
    {},
    ({ appointmentSeriesList }) => appointmentSeriesList,
  )
  useRefreshOn(useAppointmentNews(), REFRESH_MS, () => {
    void refresh(AppointmentSeriesListDocument)
  })
  return (
    <Page
      title="Series"
      back={<BackLink to="/appointments">Appointments</BackLink>}
      hint="Appointments that recur. Each keeps the clock of the place where it is."
    >
      <Failure error={pages.error} />
      <DataTable
        {...pages}
        label="Series"
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={({ id }) => void navigate(`/appointments/series/${id}`)}
        empty={
          <Empty icon={<IconRepeat />} title="No series yet">
            Book an appointment as “Recurring”: it gets a rhythm, and the people in it one confirmation.
          </Empty>
        }
      />
    </Page>
  )
}

const columns: readonly Column<Row>[] = [
  { header: 'About', width: 'minmax(9rem, 1fr)', cell: ({ title }) => title ?? '–' },
  {
    header: 'Who comes',
    width: 'minmax(10rem, 1fr)',
    cell: ({ occurrences }) => clientsText(occurrences.at(-1)?.parties ?? []),
  },
  {
    header: 'Rhythm',
    width: 'minmax(15rem, 2fr)',
    cell: ({ rule, localStart }) => ruleWords(rule, localStart.slice(0, 10)),
  },
  {
    header: 'Next',
    width: '13rem',
    cell: ({ occurrences, remindedId, zone }) => {
      const next = occurrences.find(({ id }) => id === remindedId)
      return next === undefined ? '–' : zonedText(next.startsAt, zone)
    },
  },
  {
    header: 'State',
    width: '7rem',
    cell: ({ state }) => (
      <Badge variant="light" radius="sm" tt="none" color={state === 'active' ? 'indigo' : 'gray'}>
        {words(state)}
      </Badge>
    ),
  },
]
