import { Button, SegmentedControl, Text } from '@mantine/core'
import { IconSpeakerphone } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { usePages } from '../../api/use-pages.js'
import { refresh } from '../../api/use-read.js'
import { useMay } from '../../app/session.js'
import { CampaignsDocument, type CampaignsQuery, type CampaignState } from '../../generated/graphql.js'
import { useRefreshOnEvents } from '../../live/use-refresh-on-events.js'
import { DataTable, type Column } from '../../shared/data-table.js'
import { Empty } from '../../shared/empty.js'
import { count, duration, rate } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'
import { Page } from '../../shared/page.js'
import { Failure } from '../../shared/problem.js'
import { StateBadge } from '../../shared/state-badge.js'
import { ProgressCell } from './progress-cell.js'
import { ProgressOfList, useListedProgress } from './progress-of-list.js'
import { useStateNews } from './use-progress.js'

type Row = CampaignsQuery['campaigns']['edges'][number]['node']

const filters: readonly { value: string; label: string; states: CampaignState[] | null }[] = [
  { value: 'all', label: 'All', states: null },
  { value: 'active', label: 'Under way', states: ['RUNNING', 'PAUSED', 'SCHEDULED'] },
  { value: 'draft', label: 'Drafts', states: ['DRAFT'] },
  { value: 'over', label: 'Over', states: ['COMPLETED', 'CANCELLED'] },
]
const REFRESH_MS = 5_000

/** All campaigns, newest first, with their bars moving. */
export function CampaignsPage(): ReactNode {
  const navigate = useNavigate()
  const mayWrite = useMay('OPERATOR')
  const [params, setParams] = useSearchParams()
  const shown = params.get('show') ?? 'all'
  const states = filters.find(({ value }) => value === shown)?.states ?? null
  const pages = usePages(CampaignsDocument, { states }, ({ campaigns }) => campaigns)
  useRefreshOnEvents(REFRESH_MS, () => {
    void refresh(CampaignsDocument)
  })
  const create = (
    <Button component={Link} to="/campaigns/new">
      New campaign
    </Button>
  )
  return (
    <Page title="Campaigns" actions={mayWrite ? create : undefined}>
      <SegmentedControl
        aria-label="Which campaigns"
        value={shown}
        onChange={(show) => {
          setParams(show === 'all' ? {} : { show })
        }}
        data={filters.map(({ value, label }) => ({ value, label }))}
        style={{ alignSelf: 'flex-start' }}
      />
      <Failure error={pages.error} />
      <ProgressOfList reads={pages.rows.map(({ progress }) => progress)}>
        <DataTable
          {...pages}
          label="Campaigns"
          columns={columns}
          rowKey={({ id }) => id}
          onOpen={({ id }) => void navigate(`/campaigns/${id}`)}
          empty={
            <Empty
              icon={<IconSpeakerphone />}
              title={states === null ? 'No campaign yet' : 'None of these'}
              action={mayWrite && states === null ? create : undefined}
            >
              A campaign is one text to many people, each once and in a fixed order. You see an exact quote
              before anything is sent, and can pause at any moment.
            </Empty>
          }
        />
      </ProgressOfList>
    </Page>
  )
}

const columns: readonly Column<Row>[] = [
  {
    header: 'Campaign',
    width: 'minmax(12rem, 2fr)',
    cell: ({ id, name }) => (
      <Text component={Link} to={`/campaigns/${id}`} size="sm" fw={600} c="inherit" truncate>
        {name}
      </Text>
    ),
  },
  { header: 'State', width: '7.5rem', cell: (row) => <LiveState row={row} /> },
  { header: 'Progress', width: 'minmax(16rem, 3fr)', cell: (row) => <LiveBar row={row} /> },
  { header: 'Rate', width: '9rem', isNumber: true, cell: (row) => <LiveRate row={row} /> },
  { header: 'Spent', width: '6rem', isNumber: true, cell: (row) => <LiveSpent row={row} /> },
  {
    header: 'Started',
    width: '10rem',
    cell: ({ startedAt, scheduledAt }) => <Instant at={startedAt ?? scheduledAt} otherwise="–" />,
  },
]

function LiveState({ row }: { row: Row }): ReactNode {
  const { state } = useNewest(row)
  return <StateBadge state={state} />
}

/** A draft has no progress yet and no state in it. */
function useNewest(row: Row): Row['progress'] {
  const progress = useListedProgress(row.progress)
  useStateNews(progress, row)
  return progress
}

function LiveBar({ row }: { row: Row }): ReactNode {
  return <ProgressCell progress={useListedProgress(row.progress)} />
}

function LiveRate({ row }: { row: Row }): ReactNode {
  const { state, ratePerSecond, secondsLeft } = useListedProgress(row.progress)
  if (state !== 'RUNNING') return '–'
  const left = secondsLeft == null ? '' : ` · ${duration(secondsLeft)} left`
  return `${rate(ratePerSecond)}${left}`
}

function LiveSpent({ row }: { row: Row }): ReactNode {
  return count(useListedProgress(row.progress).capturedCredits)
}
