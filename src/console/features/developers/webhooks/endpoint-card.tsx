import { Anchor, Group, Paper, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { EndpointFragment } from '../../../generated/graphql.js'
import { counted, quantity } from '../../../shared/format.js'
import { Instant } from '../../../shared/instant.js'
import { EndpointBadge } from './endpoint-state.js'
import { useLogState } from './use-log-state.js'

/** One endpoint in the list: where it is, what it is told, and whether it takes it. */
export function EndpointCard({ endpoint }: { endpoint: EndpointFragment }): ReactNode {
  const { waiting, delivered, failed } = useLogState(endpoint)
  const { disabled } = endpoint
  return (
    <Paper component="article" withBorder p="md" radius="md" data-endpoint={endpoint.id}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="xs" wrap="nowrap">
          <div style={{ minWidth: 0 }}>
            <Anchor
              component={Link}
              to={`/developers/webhooks/${endpoint.id}`}
              fw={600}
              style={{ overflowWrap: 'anywhere' }}
            >
              {endpoint.url}
            </Anchor>
            {endpoint.description === '' ? null : (
              <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                {endpoint.description}
              </Text>
            )}
          </div>
          <EndpointBadge endpoint={endpoint} />
        </Group>
        {disabled == null ? null : (
          <Text size="sm">
            {disabled.message} {disabled.remedy}
          </Text>
        )}
        <Text size="sm" c="dimmed">
          {quantity(endpoint.eventTypes.length, 'kind of event', 'kinds of events')} · {counted(waiting)}{' '}
          waiting · {counted(delivered)} taken and {counted(failed)} given up in 30 days · last taken{' '}
          <Instant at={endpoint.lastDeliveredAt} otherwise="never" />
        </Text>
      </Stack>
    </Paper>
  )
}
