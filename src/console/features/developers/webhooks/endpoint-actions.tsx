import { Button, Menu, Modal } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconChevronDown } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useAction } from '../../../api/use-action.js'
import {
  SendTestEventDocument,
  UpdateWebhookEndpointDocument,
  WebhookDeliveriesDocument,
  WebhookEndpointsDocument,
  type EndpointFragment,
} from '../../../generated/graphql.js'
import { Problem } from '../../../shared/problem.js'
import { DeleteEndpoint } from './delete-endpoint.js'
import { EndpointForm, type EndpointValues } from './endpoint-form.js'
import { RollSecret } from './roll-secret.js'

type Asking = 'change' | 'roll' | 'delete' | null

/** What can be done with an endpoint. Whatever ends or changes something asks first. */
export function EndpointActions({
  endpoint,
  waiting,
  onSwitch,
}: {
  endpoint: EndpointFragment
  waiting: number
  onSwitch: () => void
}): ReactNode {
  const [asking, setAsking] = useState<Asking>(null)
  const ask = (what: Asking) => () => {
    setAsking(what)
  }
  return (
    <>
      {endpoint.enabled ? <SendTest endpointId={endpoint.id} /> : null}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={14} />}>
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={ask('change')}>Change…</Menu.Item>
          <Menu.Item onClick={ask('roll')}>Roll the secret…</Menu.Item>
          <Menu.Item onClick={onSwitch}>{endpoint.enabled ? 'Switch off…' : 'Switch on…'}</Menu.Item>
          <Menu.Item color="red" onClick={ask('delete')}>
            Delete…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ChangeEndpoint endpoint={endpoint} isOpen={asking === 'change'} onClose={ask(null)} />
      <RollSecret endpoint={endpoint} isOpen={asking === 'roll'} onClose={ask(null)} />
      <DeleteEndpoint
        endpoint={endpoint}
        waiting={waiting}
        isOpen={asking === 'delete'}
        onClose={ask(null)}
      />
    </>
  )
}

function SendTest({ endpointId }: { endpointId: string }): ReactNode {
  const test = useAction(SendTestEventDocument, (result) => result.sendTestEvent, [WebhookDeliveriesDocument])
  const send = async (): Promise<void> => {
    if ((await test.run({ endpointId })) === null) return
    notifications.show({
      color: 'teal',
      message: 'A test event is on its way. The log shows what became of it.',
    })
  }
  return (
    <>
      <Problem of={test} />
      <Button loading={test.isRunning} onClick={() => void send()}>
        Send a test event
      </Button>
    </>
  )
}

function ChangeEndpoint({
  endpoint,
  isOpen,
  onClose,
}: {
  endpoint: EndpointFragment
  isOpen: boolean
  onClose: () => void
}): ReactNode {
  const update = useAction(UpdateWebhookEndpointDocument, (result) => result.updateWebhookEndpoint, [
    WebhookEndpointsDocument,
  ])
  const submit = async (values: EndpointValues): Promise<void> => {
    if ((await update.run({ endpointId: endpoint.id, ...values })) !== null) onClose()
  }
  const { url, description, eventTypes } = endpoint
  return (
    <Modal opened={isOpen} onClose={onClose} title="Change the endpoint" size="lg">
      <EndpointForm
        initial={{ url, description, eventTypes: [...eventTypes] }}
        urlHint="What waits goes to the new address too."
        confirm="Keep the changes"
        action={update}
        onSubmit={(values) => void submit(values)}
      />
    </Modal>
  )
}
