import { Anchor, Group, Skeleton, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { refresh, useRead } from '../../api/use-read.js'
import { CampaignsDocument, type CampaignsQuery } from '../../generated/graphql.js'
import { useRefreshOnEvents } from '../../live/use-refresh-on-events.js'
import { count, duration, rate } from '../../shared/format.js'
import { StateBadge } from '../../shared/state-badge.js'
import { ProgressCell } from './progress-cell.js'
import { ProgressOfList, useListedProgress } from './progress-of-list.js'
import { useStateNews } from './use-progress.js'

type Row = CampaignsQuery['campaigns']['edges'][number]['node']
const REFRESH_MS = 5_000

/** The campaigns that move or wait for somebody, each with its bar. */
export function CampaignCards(): ReactNode {
  const { data } = useRead(CampaignsDocument, { states: ['RUNNING', 'PAUSED', 'SCHEDULED'] })
  useRefreshOnEvents(REFRESH_MS, () => {
    void refresh(CampaignsDocument)
  })
  if (data === undefined) return <Skeleton height={48} />
  const rows = data.campaigns.edges.map(({ node }) => node)
  if (rows.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No campaign is under way. One that runs shows here how far it is, person by person.
      </Text>
    )
  }
  return (
    <ProgressOfList reads={rows.map(({ progress }) => progress)}>
      <Stack gap="md">
        {rows.map((row) => (
          <CampaignCard key={row.id} row={row} />
        ))}
      </Stack>
    </ProgressOfList>
  )
}

function CampaignCard({ row }: { row: Row }): ReactNode {
  const progress = useListedProgress(row.progress)
  useStateNews(progress, row)
  const { ratePerSecond, secondsLeft, pause, state } = progress
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Anchor component={Link} to={`/campaigns/${row.id}`} fw={600} size="sm">
            {row.name}
          </Anchor>
          <StateBadge state={state} />
        </Group>
        <Text size="xs" c="dimmed">
          {count(progress.capturedCredits)} spent, {count(progress.heldCredits)} held
          {state === 'RUNNING' ? ` · ${rate(ratePerSecond)}` : ''}
          {secondsLeft == null ? '' : ` · ${duration(secondsLeft)} left`}
        </Text>
      </Group>
      <ProgressCell progress={progress} />
      {pause == null ? null : (
        <Text size="sm">
          {pause.message}{' '}
          <Text span c="dimmed">
            {pause.remedy}
          </Text>
        </Text>
      )}
    </Stack>
  )
}
