import { Button, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useRead } from '../../../api/use-read.js'
import { WebhookEndpointsDocument } from '../../../generated/graphql.js'
import { countedQuantity, quantity } from '../../../shared/format.js'
import { Failure } from '../../../shared/problem.js'
import { Section } from '../../../shared/section.js'

/** On the screen of the developers: how webhooks stand, and the way to them. */
export function WebhooksSection(): ReactNode {
  const { data, error } = useRead(WebhookEndpointsDocument, {})
  return (
    <Section
      title="Webhooks"
      hint="Your own servers are told what happens, in signed calls that are repeated until they are taken."
      actions={
        <Button component={Link} to="/developers/webhooks" variant="default">
          Webhooks
        </Button>
      }
    >
      <Failure error={error} />
      {data === undefined ? null : <Text size="sm">{summaryOf(data.webhookEndpoints)}</Text>}
    </Section>
  )
}

function summaryOf(endpoints: readonly { enabled: boolean; failed: number }[]): string {
  if (endpoints.length === 0) return 'No endpoint yet.'
  const off = endpoints.filter(({ enabled }) => !enabled).length
  const failed = endpoints.reduce((sum, endpoint) => sum + endpoint.failed, 0)
  const parts = [
    quantity(endpoints.length, 'endpoint'),
    ...(off === 0 ? [] : [`${String(off)} switched off`]),
    ...(failed === 0
      ? []
      : [`${countedQuantity(failed, 'delivery', 'deliveries')} given up in the last 30 days`]),
  ]
  return `${parts.join(', ')}.`
}
