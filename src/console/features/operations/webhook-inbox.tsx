import { Button, Stack, Text } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useAction } from '../../api/use-action.js'
import { usePages } from '../../api/use-pages.js'
import {
  QuarantinedWebhooksDocument,
  ReplayWebhookDocument,
  type QuarantinedWebhooksQuery,
} from '../../generated/graphql.js'
import { DataTable, type Column } from '../../shared/data-table.js'
import { Empty } from '../../shared/empty.js'
import { count } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'
import { Failure, Problem } from '../../shared/problem.js'

type Row = QuarantinedWebhooksQuery['quarantinedWebhooks']['edges'][number]['node']

/** Calls of providers that could not be applied and were set aside, to be applied again once the cause is mended. */
export function WebhookInbox(): ReactNode {
  const pages = usePages(QuarantinedWebhooksDocument, {}, (result) => result.quarantinedWebhooks)
  return (
    <Stack gap="sm">
      <Failure error={pages.error} />
      <DataTable
        {...pages}
        label="Webhooks set aside"
        columns={columns}
        rowKey={({ id }) => id}
        empty={
          <Empty icon={<IconInbox />} title="Nothing is set aside">
            What Twilio and Stripe send is stored first and applied once. A call that fails again and again
            would wait here.
          </Empty>
        }
      />
    </Stack>
  )
}

function Replay({ id }: { id: string }): ReactNode {
  const replay = useAction(ReplayWebhookDocument, (result) => result.replayWebhook, [
    QuarantinedWebhooksDocument,
  ])
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        loading={replay.isRunning}
        onClick={() => void replay.run({ id })}
      >
        Apply again
      </Button>
      <Problem of={replay} />
    </>
  )
}

const columns: readonly Column<Row>[] = [
  { header: 'Arrived', width: '9rem', cell: ({ receivedAt }) => <Instant at={receivedAt} hasSeconds /> },
  { header: 'From', width: '9rem', cell: ({ provider }) => provider },
  { header: 'Tries', width: '4rem', isNumber: true, cell: ({ tries }) => count(tries) },
  {
    header: 'What went wrong',
    width: 'minmax(14rem, 2fr)',
    cell: ({ problem }) => <Text size="sm">{problem ?? '–'}</Text>,
  },
  { header: 'Applied again', width: '9rem', cell: ({ replayedAt }) => <Instant at={replayedAt} /> },
  { header: '', width: '8rem', cell: ({ id }) => <Replay id={id} /> },
]
