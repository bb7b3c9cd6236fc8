import { Modal } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { useAction } from '../../../api/use-action.js'
import { CreateWebhookEndpointDocument, WebhookEndpointsDocument } from '../../../generated/graphql.js'
import { EndpointForm, type EndpointValues } from './endpoint-form.js'
import { SecretShown } from './secret-shown.js'

const nothingYet: EndpointValues = { url: '', description: '', eventTypes: [] }

/** Makes an endpoint, shows its secret, and goes on to its log. */
export function NewEndpoint({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): ReactNode {
  const navigate = useNavigate()
  const [made, setMade] = useState<{ id: string; secret: string } | null>(null)
  const create = useAction(CreateWebhookEndpointDocument, (result) => result.createWebhookEndpoint, [
    WebhookEndpointsDocument,
  ])
  const submit = async (values: EndpointValues): Promise<void> => {
    const done = await create.run(values)
    if (done !== null) setMade({ id: done.endpoint.id, secret: done.secret })
  }
  return (
    <>
      <Modal opened={isOpen && made === null} onClose={onClose} title="A new webhook endpoint" size="lg">
        <EndpointForm
          initial={nothingYet}
          confirm="Make the endpoint"
          action={create}
          onSubmit={(values) => void submit(values)}
        />
      </Modal>
      <SecretShown
        shown={made === null ? null : { secret: made.secret, oldSignsUntil: null }}
        onKept={() => {
          if (made !== null) void navigate(`/developers/webhooks/${made.id}`)
        }}
      />
    </>
  )
}
