import { Text } from '@mantine/core'
import { IconMessages } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { usePages } from '../../api/use-pages.js'
import { refresh } from '../../api/use-read.js'
import { MessagesDocument, type MessageState, type MessagesQuery } from '../../generated/graphql.js'
import { useRefreshOnEvents } from '../../live/use-refresh-on-events.js'
import { DataTable, type Column } from '../../shared/data-table.js'
import { Empty } from '../../shared/empty.js'
import { count, words } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'
import { Failure } from '../../shared/problem.js'
import { StateBadge } from '../../shared/state-badge.js'

type Row = MessagesQuery['messages']['edges'][number]['node']

export interface MessageFilter {
  states?: MessageState[] | null
  campaignId?: string | null
  contactId?: string | null
  since?: string | null
}

const REFRESH_MS = 1_500
/** Whoever has scrolled further down reads in peace. */
const ROWS_REFRESHED_MAX = 200

/** Texts, newest first, and new ones as they come. */
export function MessageTable({ filter, height }: { filter: MessageFilter; height?: string }): ReactNode {
  const navigate = useNavigate()
  const pages = usePages(MessagesDocument, filter, ({ messages }) => messages)
  useRefreshOnEvents(REFRESH_MS, () => {
    if (pages.rows.length <= ROWS_REFRESHED_MAX) void refresh(MessagesDocument)
  })
  return (
    <>
      <Failure error={pages.error} />
      <DataTable
        {...pages}
        {...(height === undefined ? {} : { height })}
        label="Messages"
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={({ id }) => void navigate(`/messages/${id}`)}
        empty={
          <Empty icon={<IconMessages />} title="No texts here">
            Every text that is written shows up with its whole story: what the gate saw, what was held and
            spent, what the carrier said.
          </Empty>
        }
      />
    </>
  )
}

const columns: readonly Column<Row>[] = [
  { header: 'Written', width: '8.5rem', cell: ({ createdAt }) => <Instant at={createdAt} /> },
  { header: 'To', width: '9.5rem', cell: ({ phone }) => phone },
  { header: 'State', width: '8rem', cell: ({ state }) => <StateBadge state={state} /> },
  {
    header: 'At the carrier',
    width: 'minmax(9rem, 1fr)',
    cell: ({ delivery }) =>
      delivery == null
        ? '–'
        : `${words(delivery.status)}${delivery.errorWords == null ? '' : `: ${delivery.errorWords}`}`,
  },
  {
    header: 'Why',
    width: 'minmax(12rem, 2fr)',
    cell: ({ failure, reason }) => (
      <Text size="sm" truncate c={failure == null ? 'dimmed' : 'inherit'}>
        {failure?.words ?? (reason == null ? '–' : words(reason))}
      </Text>
    ),
  },
  { header: 'Purpose', width: '8rem', cell: ({ purpose }) => words(purpose) },
  { header: 'Segments', width: '5.5rem', isNumber: true, cell: ({ segments }) => count(segments) },
  { header: 'Credits', width: '5rem', isNumber: true, cell: ({ cost }) => count(cost) },
]
