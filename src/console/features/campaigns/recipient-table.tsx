import { Button, Group, MultiSelect, Progress as Bar, Stack, Text } from '@mantine/core'
import { IconDownload, IconUsers } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { usePages } from '../../api/use-pages.js'
import { refresh } from '../../api/use-read.js'
import {
  CampaignRecipientsDocument,
  type CampaignRecipientsQuery,
  type RecipientState,
} from '../../generated/graphql.js'
import { useRefreshOn } from '../../live/use-refresh-on.js'
import { DataTable, type Column } from '../../shared/data-table.js'
import { Empty } from '../../shared/empty.js'
import { count, words } from '../../shared/format.js'
import { Failure } from '../../shared/problem.js'
import { StateBadge } from '../../shared/state-badge.js'
import type { Progress } from './campaign-page.js'
import { useExport } from './use-export.js'

export type Recipient = CampaignRecipientsQuery['campaignRecipients']['edges'][number]['node']

const states: readonly RecipientState[] = [
  ...(['PENDING', 'DISPATCHING', 'ACCEPTED', 'UNKNOWN', 'UNPROVEN', 'FAILED'] as const),
  ...(['SUPPRESSED', 'EXPIRED', 'CANCELLED', 'SKIPPED'] as const),
]
const REFRESH_MS = 3_000
/** Longer lists than this are not read again under the reader's eyes. */
const ROWS_REFRESHED_MAX = 400

interface RecipientTableProps {
  campaignId: string
  name: string
  progress: Progress
}

/** Everybody in the frozen order, with where they stand. */
export function RecipientTable({ campaignId, name, progress }: RecipientTableProps): ReactNode {
  const navigate = useNavigate()
  const [chosen, setChosen] = useState<RecipientState[]>([])
  const filter = chosen.length === 0 ? null : chosen
  const pages = usePages(
    CampaignRecipientsDocument,
    { campaignId, states: filter },
    ({ campaignRecipients }) => campaignRecipients,
  )
  useRefreshOn(progress.seq, REFRESH_MS, () => {
    if (pages.rows.length <= ROWS_REFRESHED_MAX) void refresh(CampaignRecipientsDocument)
  })
  const download = useExport(campaignId, filter, name)
  return (
    <Stack gap="sm">
      <Group align="flex-end" justify="space-between" gap="xs">
        <MultiSelect
          label="State"
          placeholder={chosen.length === 0 ? 'All' : ''}
          data={states.map((state) => ({ value: state, label: words(state) }))}
          value={chosen}
          onChange={(values) => {
            setChosen(values)
          }}
          clearable
          w={{ base: '100%', sm: 360 }}
        />
        {download.rows === null ? (
          <Button variant="default" leftSection={<IconDownload size={16} />} onClick={download.start}>
            Export as CSV
          </Button>
        ) : (
          <Group gap="xs">
            <Bar value={100} animated w={80} aria-label="Exporting" />
            <Text size="sm">{count(download.rows)} rows</Text>
            <Button variant="subtle" size="compact-sm" onClick={download.stop}>
              Stop
            </Button>
          </Group>
        )}
      </Group>
      <Failure error={pages.error ?? download.error} />
      <DataTable
        {...pages}
        label="Recipients"
        columns={columns}
        rowKey={({ place }) => place}
        onOpen={({ messageId }) => {
          if (messageId != null) void navigate(`/messages/${messageId}`)
        }}
        height="32rem"
        empty={
          <Empty icon={<IconUsers />} title="Nobody is in this state">
            Choose other states, or none for everybody.
          </Empty>
        }
      />
    </Stack>
  )
}

const columns: readonly Column<Recipient>[] = [
  { header: 'No.', width: '5rem', isNumber: true, cell: ({ place }) => count(place) },
  { header: 'Number', width: '9.5rem', cell: ({ phone }) => phone },
  { header: 'State', width: '8rem', cell: ({ state }) => <StateBadge state={state} /> },
  {
    header: 'Why',
    width: 'minmax(14rem, 2fr)',
    cell: ({ skipReason, stateReason }) => words(skipReason ?? stateReason ?? '') || '–',
  },
  { header: 'Tries', width: '4rem', isNumber: true, cell: ({ tries }) => tries ?? '–' },
  { header: 'Segments', width: '5.5rem', isNumber: true, cell: ({ segments }) => segments ?? '–' },
  { header: 'Credits', width: '5rem', isNumber: true, cell: ({ credits }) => credits ?? '–' },
]
