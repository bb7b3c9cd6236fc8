import { Button, Drawer, Group, MultiSelect, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconSend } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { usePages } from '../../../api/use-pages.js'
import { refresh } from '../../../api/use-read.js'
import {
  WebhookDeliveriesDocument,
  WebhookDeliveryDocument,
  type EndpointFragment,
  type ListedDeliveryFragment,
  type WebhookDeliveryState,
} from '../../../generated/graphql.js'
import { useRefreshOn } from '../../../live/use-refresh-on.js'
import { DataTable, type Column } from '../../../shared/data-table.js'
import { Empty } from '../../../shared/empty.js'
import { count, words } from '../../../shared/format.js'
import { Instant } from '../../../shared/instant.js'
import { Failure } from '../../../shared/problem.js'
import { Section } from '../../../shared/section.js'
import { StateBadge } from '../../../shared/state-badge.js'
import { answerOf } from './answer-words.js'
import { DeliveryDetail } from './delivery-detail.js'
import { ResendFailed } from './resend-failed.js'
import type { LogNumbers } from './use-log-state.js'

const states: readonly WebhookDeliveryState[] = ['WAITING', 'SENDING', 'DELIVERED', 'FAILED']
const TEST_EVENT = 'webhook.test'
const REFRESH_MS = 1_500
/** Whoever has scrolled further down reads in peace. */
const ROWS_REFRESHED_MAX = 150

/** Everything that was sent to an endpoint, newest first, as it moves. The filter stands in the address. */
export function DeliveryLog({
  endpoint,
  numbers,
}: {
  endpoint: EndpointFragment
  numbers: LogNumbers
}): ReactNode {
  const [params, setParams] = useSearchParams()
  const [opened, setOpened] = useState<ListedDeliveryFragment | null>(null)
  const [isResending, resending] = useDisclosure()
  const chosen = params.getAll('state') as WebhookDeliveryState[]
  const types = params.getAll('event')
  const pages = usePages(
    WebhookDeliveriesDocument,
    {
      endpointId: endpoint.id,
      states: chosen.length === 0 ? null : chosen,
      types: types.length === 0 ? null : types,
    },
    ({ webhookDeliveries }) => webhookDeliveries,
  )
  const { waiting, delivered, failed, lastChangeAt } = numbers
  useRefreshOn([waiting, delivered, failed, lastChangeAt].join(), REFRESH_MS, () => {
    if (pages.rows.length <= ROWS_REFRESHED_MAX) void refresh(WebhookDeliveriesDocument)
    if (opened !== null) void refresh(WebhookDeliveryDocument)
  })
  const change = (name: string, values: readonly string[]): void => {
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        next.delete(name)
        for (const value of values) next.append(name, value)
        return next
      },
      { replace: true },
    )
  }
  return (
    <Section
      title="Delivery log"
      hint="Newest first; what ended stays for 30 days. It moves by itself."
      actions={
        failed === 0 ? null : (
          <Button variant="default" onClick={resending.open}>
            Resend what failed…
          </Button>
        )
      }
    >
      <Group gap="sm" align="flex-end">
        <MultiSelect
          label="State"
          placeholder={chosen.length === 0 ? 'All' : ''}
          data={states.map((state) => ({ value: state, label: words(state) }))}
          value={chosen}
          clearable
          miw={200}
          onChange={(values) => {
            change('state', values)
          }}
        />
        <MultiSelect
          label="Event"
          placeholder={types.length === 0 ? 'All' : ''}
          data={[...new Set([...endpoint.eventTypes, TEST_EVENT, ...types])]}
          value={types}
          clearable
          searchable
          miw={240}
          onChange={(values) => {
            change('event', values)
          }}
        />
      </Group>
      <Failure error={pages.error} />
      <DataTable
        {...pages}
        label="Deliveries"
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={setOpened}
        empty={
          <Empty icon={<IconSend />} title="Nothing here">
            {chosen.length + types.length > 0
              ? 'Nothing fits this filter.'
              : 'Send a test event, and see here what your receiver answers.'}
          </Empty>
        }
      />
      <Drawer
        opened={opened !== null}
        onClose={() => {
          setOpened(null)
        }}
        position="right"
        size="lg"
        title={opened?.type}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {opened === null ? null : <DeliveryDetail id={opened.id} />}
      </Drawer>
      <ResendFailed endpointId={endpoint.id} isOpen={isResending} onClose={resending.close} />
    </Section>
  )
}

const columns: readonly Column<ListedDeliveryFragment>[] = [
  { header: 'Happened', width: '8.5rem', cell: ({ eventAt }) => <Instant at={eventAt} hasSeconds /> },
  { header: 'Event', width: 'minmax(10rem, 1fr)', cell: ({ type }) => type },
  { header: 'State', width: '6.5rem', cell: ({ state }) => <StateBadge state={state} /> },
  { header: 'Tries', width: '3rem', cell: ({ tries }) => count(tries) },
  {
    header: 'Last answer',
    width: 'minmax(8rem, 1fr)',
    cell: ({ attempts }) => {
      const last = attempts.at(-1)
      return last === undefined ? '–' : answerOf(last)
    },
  },
  { header: 'Next try', width: '8.5rem', cell: ({ nextTryAt }) => <Instant at={nextTryAt} hasSeconds /> },
  {
    header: 'Id',
    width: '7.5rem',
    cell: ({ id }) => (
      <Text size="xs" ff="monospace" truncate title={id}>
        …{id.slice(-12)}
      </Text>
    ),
  },
]
