import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { useAction } from '../../../api/use-action.js'
import { refreshAfterChange } from '../../../api/use-read.js'
import {
  DeleteWebhookEndpointDocument,
  WebhookEndpointsDocument,
  type EndpointFragment,
} from '../../../generated/graphql.js'
import { AskFirst } from '../../../shared/ask-first.js'
import { countedQuantity } from '../../../shared/format.js'
import { Problem } from '../../../shared/problem.js'

/** Ends an endpoint for good, after a question that names what is lost. */
export function DeleteEndpoint({
  endpoint,
  waiting,
  isOpen,
  onClose,
}: {
  endpoint: EndpointFragment
  /** What is given up with it. */
  waiting: number
  isOpen: boolean
  onClose: () => void
}): ReactNode {
  const navigate = useNavigate()
  const remove = useAction(DeleteWebhookEndpointDocument, (result) => result.deleteWebhookEndpoint)
  const confirm = async (): Promise<void> => {
    if ((await remove.run({ endpointId: endpoint.id })) === null) return
    await navigate('/developers/webhooks')
    await refreshAfterChange(WebhookEndpointsDocument)
  }
  return (
    <AskFirst
      isOpen={isOpen}
      onClose={onClose}
      title={`Delete ${new URL(endpoint.url).host}?`}
      confirm="Delete the endpoint"
      colour="red"
      isRunning={remove.isRunning}
      onConfirm={() => void confirm()}
    >
      <Text size="sm">
        {waiting === 0
          ? 'Nothing waits for it.'
          : `${countedQuantity(waiting, 'delivery that waits', 'deliveries that wait')} for it will not be sent.`}{' '}
        Its log and its secret are gone, and this cannot be undone. To stop for a while, switch it off
        instead: then nothing is lost.
      </Text>
      <Problem of={remove} />
    </AskFirst>
  )
}
