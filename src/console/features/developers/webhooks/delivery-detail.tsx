import { Badge, Button, Code, CopyButton, Group, Paper, ScrollArea, Stack, Text, Title } from '@mantine/core'
import { useMemo, type ReactNode } from 'react'
import { useAction } from '../../../api/use-action.js'
import { useRead } from '../../../api/use-read.js'
import {
  RedeliverWebhookDocument,
  WebhookDeliveriesDocument,
  WebhookDeliveryDocument,
  type WebhookDeliveryQuery,
} from '../../../generated/graphql.js'
import { Copyable } from '../../../shared/copyable.js'
import { Facts } from '../../../shared/facts.js'
import { count } from '../../../shared/format.js'
import { Instant } from '../../../shared/instant.js'
import { PageWaiting } from '../../../shared/page-waiting.js'
import { Failure, Problem } from '../../../shared/problem.js'
import { StateBadge } from '../../../shared/state-badge.js'
import { answerOf } from './answer-words.js'

type Delivery = NonNullable<WebhookDeliveryQuery['webhookDelivery']>

/** One delivery: every call with its answer, and what was sent. */
export function DeliveryDetail({ id }: { id: string }): ReactNode {
  const { data, error } = useRead(WebhookDeliveryDocument, { deliveryId: id })
  if (error !== null) return <Failure error={error} />
  if (data === undefined) return <PageWaiting />
  if (data.webhookDelivery == null) return <Text>It is no longer kept.</Text>
  return <Detail delivery={data.webhookDelivery} />
}

function Detail({ delivery }: { delivery: Delivery }): ReactNode {
  const { id, state, tries, eventAt, nextTryAt, attempts, body } = delivery
  return (
    <Stack data-delivery={id}>
      <Facts
        facts={[
          ['State', <StateBadge key="state" state={state} />],
          ['Happened', <Instant key="at" at={eventAt} hasSeconds />],
          ['Tries', count(tries)],
          ['Next try', <Instant key="next" at={nextTryAt} hasSeconds otherwise="None" />],
        ]}
      />
      <div>
        <Text size="xs" c="dimmed">
          webhook-id, the same at every try
        </Text>
        <Copyable text={id} />
      </div>
      {state === 'DELIVERED' || state === 'FAILED' ? (
        <Resend id={id} isDelivered={state === 'DELIVERED'} />
      ) : null}
      <Title order={3} size="h5">
        Calls
      </Title>
      {attempts.length === 0 ? (
        <Text size="sm" c="dimmed">
          None yet.
        </Text>
      ) : (
        attempts.toReversed().map((attempt) => <Call key={attempt.n} attempt={attempt} />)
      )}
      {body == null ? null : <Payload body={body} />}
    </Stack>
  )
}

function Call({ attempt }: { attempt: Delivery['attempts'][number] }): ReactNode {
  const { n, at, durationMs, problem, answer } = attempt
  return (
    <Paper withBorder p="sm" radius="md" data-attempt={problem ?? 'taken'}>
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            {count(n)}
          </Text>
          <Badge color={problem == null ? 'teal' : 'red'} variant="light" radius="sm" tt="none">
            {answerOf(attempt)}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed">
          <Instant at={at} hasSeconds /> · {count(durationMs)} ms
        </Text>
      </Group>
      {answer == null || answer === '' ? null : (
        <Code block mt="xs" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {answer}
        </Code>
      )}
    </Paper>
  )
}

function Resend({ id, isDelivered }: { id: string; isDelivered: boolean }): ReactNode {
  const again = useAction(RedeliverWebhookDocument, (result) => result.redeliverWebhook, [
    WebhookDeliveriesDocument,
    WebhookDeliveryDocument,
  ])
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <Button
          size="xs"
          variant="default"
          loading={again.isRunning}
          onClick={() => void again.run({ deliveryId: id })}
        >
          Resend
        </Button>
        <Text size="sm" c="dimmed" style={{ flex: 1, minWidth: 180 }}>
          {isDelivered
            ? 'The receiver gets it a second time, under the same id.'
            : 'With all its tries, under the same id.'}
        </Text>
      </Group>
      <Problem of={again} />
    </Stack>
  )
}

/** Readable here; what is copied is what was signed, byte for byte. */
function Payload({ body }: { body: string }): ReactNode {
  const readable = useMemo(() => indented(body), [body])
  return (
    <>
      <Group justify="space-between" gap="xs">
        <Title order={3} size="h5">
          What is sent
        </Title>
        <CopyButton value={body}>
          {({ copied, copy }) => (
            <Button size="compact-sm" variant="subtle" onClick={copy}>
              {copied ? 'Copied' : 'Copy the signed bytes'}
            </Button>
          )}
        </CopyButton>
      </Group>
      <ScrollArea.Autosize
        mah={400}
        type="auto"
        viewportProps={{ tabIndex: 0, 'aria-label': 'What is sent' }}
      >
        <Code block>{readable}</Code>
      </ScrollArea.Autosize>
    </>
  )
}

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
