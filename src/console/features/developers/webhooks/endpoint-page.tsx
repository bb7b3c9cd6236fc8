import { Badge, Button, Group, SimpleGrid, Stack } from '@mantine/core'
import { IconMapOff } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { useRead } from '../../../api/use-read.js'
import { useMay } from '../../../app/session.js'
import { WebhookEndpointsDocument, type EndpointFragment } from '../../../generated/graphql.js'
import { BackLink } from '../../../shared/back-link.js'
import { Copyable } from '../../../shared/copyable.js'
import { Empty } from '../../../shared/empty.js'
import { Facts } from '../../../shared/facts.js'
import { counted } from '../../../shared/format.js'
import { Instant } from '../../../shared/instant.js'
import { Page } from '../../../shared/page.js'
import { PageWaiting } from '../../../shared/page-waiting.js'
import { Failure } from '../../../shared/problem.js'
import { Section } from '../../../shared/section.js'
import { Stat } from '../../../shared/stat.js'
import { DeliveryLog } from './delivery-log.js'
import { EndpointActions } from './endpoint-actions.js'
import { EndpointBadge, EndpointNotice } from './endpoint-state.js'
import { SwitchEndpoint } from './switch-endpoint.js'
import { useLogState } from './use-log-state.js'
import { OwnersOnly } from './webhooks-page.js'

/** One endpoint: how it stands, what can be done, and everything that was sent to it. */
export function EndpointPage(): ReactNode {
  return useMay('OWNER') ? <Found /> : <OwnersOnly />
}

function Found(): ReactNode {
  const { id = '' } = useParams()
  const { data, error } = useRead(WebhookEndpointsDocument, {})
  if (error !== null) return <Failure error={error} />
  if (data === undefined) return <PageWaiting />
  const endpoint = data.webhookEndpoints.find((one) => one.id === id)
  if (endpoint !== undefined) return <Endpoint key={id} endpoint={endpoint} />
  return (
    <Empty
      icon={<IconMapOff />}
      title="There is no such endpoint"
      action={
        <Button component={Link} to="/developers/webhooks">
          To the webhooks
        </Button>
      }
    >
      It was deleted, or it belongs to another account.
    </Empty>
  )
}

function Endpoint({ endpoint }: { endpoint: EndpointFragment }): ReactNode {
  const numbers = useLogState(endpoint)
  const [isSwitching, setSwitching] = useState(false)
  return (
    <Page
      back={<BackLink to="/developers/webhooks">Webhooks</BackLink>}
      title={new URL(endpoint.url).host}
      hint={
        <Group gap="xs">
          <EndpointBadge endpoint={endpoint} />
          {endpoint.description}
        </Group>
      }
      actions={
        <EndpointActions
          endpoint={endpoint}
          waiting={numbers.waiting}
          onSwitch={() => {
            setSwitching(true)
          }}
        />
      }
    >
      <EndpointNotice
        endpoint={endpoint}
        action={
          <Group mt="xs">
            <Button
              size="xs"
              variant="default"
              onClick={() => {
                setSwitching(true)
              }}
            >
              Switch on…
            </Button>
          </Group>
        }
      />
      <SimpleGrid cols={3} spacing="sm">
        <Stat
          label="Waiting"
          value={<span data-waiting={numbers.waiting}>{counted(numbers.waiting)}</span>}
          hint="For a try"
        />
        <Stat
          label="Taken"
          value={<span data-delivered={numbers.delivered}>{counted(numbers.delivered)}</span>}
          hint="In 30 days"
        />
        <Stat
          label="Given up"
          value={<span data-failed={numbers.failed}>{counted(numbers.failed)}</span>}
          hint="In 30 days"
          tone={numbers.failed > 0 ? 'bad' : 'plain'}
        />
      </SimpleGrid>
      <Section title="What is told">
        <Stack gap="sm">
          <Copyable text={endpoint.url} />
          <Facts
            facts={[
              ['Last taken', <Instant key="last" at={endpoint.lastDeliveredAt} otherwise="Never" />],
              ['Made', <Instant key="made" at={endpoint.createdAt} />],
            ]}
          />
          <Group gap={6}>
            {endpoint.eventTypes.map((type) => (
              <Badge key={type} variant="default" radius="sm" tt="none" fw={500}>
                {type}
              </Badge>
            ))}
          </Group>
        </Stack>
      </Section>
      <DeliveryLog endpoint={endpoint} numbers={numbers} />
      <SwitchEndpoint
        endpoint={endpoint}
        isOpen={isSwitching}
        onClose={() => {
          setSwitching(false)
        }}
      />
    </Page>
  )
}
