import { Skeleton, Text } from '@mantine/core'
import { DateTimePicker } from '@mantine/dates'
import { notifications } from '@mantine/notifications'
import { useState, type ReactNode } from 'react'
import { useAction } from '../../../api/use-action.js'
import { useRead } from '../../../api/use-read.js'
import {
  FailedWebhooksDocument,
  RedeliverFailedWebhooksDocument,
  WebhookDeliveriesDocument,
  WebhookEndpointsDocument,
} from '../../../generated/graphql.js'
import { AskFirst } from '../../../shared/ask-first.js'
import { now } from '../../../shared/clock.js'
import { count, quantity } from '../../../shared/format.js'
import { zoneName } from '../../../shared/instant.js'
import { Failure, Problem } from '../../../shared/problem.js'

/** Everything that failed since a moment once more; the button names how many that is. */
export function ResendFailed(props: { endpointId: string; isOpen: boolean; onClose: () => void }): ReactNode {
  const { endpointId, isOpen, onClose } = props
  const [since, setSince] = useState<string | null>(null)
  const { data, error } = useRead(FailedWebhooksDocument, { endpointId }, { isEnabled: isOpen })
  const again = useAction(RedeliverFailedWebhooksDocument, (result) => result.redeliverFailedWebhooks, [
    FailedWebhooksDocument,
    WebhookDeliveriesDocument,
    WebhookEndpointsDocument,
  ])
  const from = new Date(since ?? 0)
  const read = data?.webhookDeliveries
  const found = (read?.edges ?? []).filter(({ node }) => new Date(node.eventAt) >= from).length
  const isMore = read?.pageInfo.hasNextPage === true
  const confirm = async (): Promise<void> => {
    const done = await again.run({ endpointId, since: from.toISOString() })
    if (done === null) return
    onClose()
    notifications.show({
      color: 'teal',
      message: `${quantity(done.asked, 'delivery is', 'deliveries are')} on the way once more.`,
    })
  }
  return (
    <AskFirst
      isOpen={isOpen}
      onClose={onClose}
      title="Resend what failed?"
      confirm={isMore ? `Resend ${count(found)} or more` : `Resend ${count(found)}`}
      isRunning={again.isRunning}
      isDisabled={found === 0 && !isMore}
      onConfirm={() => void confirm()}
    >
      <Text size="sm">
        Each goes under the id that it had, with all its tries; 5,000 at once at most. A receiver that
        remembers ids takes none twice.
      </Text>
      <DateTimePicker
        label={`Events since (${zoneName})`}
        placeholder="All that are kept"
        clearable
        value={since}
        onChange={setSince}
        maxDate={now()}
      />
      <Failure error={error} />
      {read === undefined && error === null ? <Skeleton height={20} /> : null}
      {read === undefined ? null : (
        <Text size="sm" aria-live="polite">
          {isMore
            ? `At least ${quantity(found, 'delivery', 'deliveries')} failed since then.`
            : `${quantity(found, 'delivery', 'deliveries')} failed since then.`}
        </Text>
      )}
      <Problem of={again} />
    </AskFirst>
  )
}
