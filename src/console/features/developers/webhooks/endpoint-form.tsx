import { Button, Group, Skeleton, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ReactNode } from 'react'
import type { Action } from '../../../api/use-action.js'
import { useRead } from '../../../api/use-read.js'
import { WebhookEventTypesDocument, type EndpointFragment } from '../../../generated/graphql.js'
import { Failure, Problem } from '../../../shared/problem.js'
import { EventChoice } from './event-choice.js'

export type EndpointValues = Pick<EndpointFragment, 'url' | 'description'> & { eventTypes: string[] }

export interface EndpointFormProps {
  initial: EndpointValues
  urlHint?: string
  confirm: string
  action: Pick<Action<never, unknown>, 'isRunning' | 'refusal' | 'failure'>
  onSubmit: (values: EndpointValues) => void
}

/** Where webhooks go, what it is for, and what is told. The server decides what it accepts. */
export function EndpointForm({ initial, urlHint, confirm, action, onSubmit }: EndpointFormProps): ReactNode {
  const { data, error } = useRead(WebhookEventTypesDocument, {})
  const form = useForm({
    initialValues: initial,
    validate: { eventTypes: (chosen) => (chosen.length === 0 ? 'Choose at least one event.' : null) },
  })
  return (
    <form
      onSubmit={form.onSubmit((values) => {
        onSubmit(values)
      })}
    >
      <Stack>
        <TextInput
          label="Address"
          description={urlHint ?? 'A public HTTPS address of yours'}
          placeholder="https://example.com/webhooks"
          type="url"
          inputMode="url"
          required
          data-autofocus
          {...form.getInputProps('url')}
        />
        <TextInput label="What it is for" maxLength={200} {...form.getInputProps('description')} />
        <Failure error={error} />
        {data === undefined ? (
          <Skeleton height={240} />
        ) : (
          <EventChoice
            types={data.webhookEventTypes}
            chosen={form.values.eventTypes}
            onChange={(chosen) => {
              form.setFieldValue('eventTypes', chosen)
            }}
            error={form.errors['eventTypes']}
          />
        )}
        <Problem of={action} />
        <Group justify="flex-end">
          <Button type="submit" loading={action.isRunning}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
