import { Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useAction } from '../../../api/use-action.js'
import {
  RollWebhookSecretDocument,
  WebhookEndpointsDocument,
  type EndpointFragment,
} from '../../../generated/graphql.js'
import { AskFirst } from '../../../shared/ask-first.js'
import { Problem } from '../../../shared/problem.js'
import { SecretShown, type NewSecret } from './secret-shown.js'

/** Another secret for an endpoint, after a question; shown once. */
export function RollSecret({
  endpoint,
  isOpen,
  onClose,
}: {
  endpoint: EndpointFragment
  isOpen: boolean
  onClose: () => void
}): ReactNode {
  const [shown, setShown] = useState<NewSecret | null>(null)
  const roll = useAction(RollWebhookSecretDocument, (result) => result.rollWebhookSecret, [
    WebhookEndpointsDocument,
  ])
  const confirm = async (): Promise<void> => {
    const done = await roll.run({ endpointId: endpoint.id })
    if (done === null) return
    onClose()
    setShown({ secret: done.secret, oldSignsUntil: done.oldSignsUntil })
  }
  return (
    <>
      <AskFirst
        isOpen={isOpen}
        onClose={onClose}
        title="Give the endpoint another secret?"
        confirm="Roll the secret"
        isRunning={roll.isRunning}
        onConfirm={() => void confirm()}
      >
        <Text size="sm">
          The new secret is shown once. For a day both sign every call, so your receiver goes on working while
          you exchange it; then the old one ends, and this cannot be undone.
        </Text>
        <Problem of={roll} />
      </AskFirst>
      <SecretShown
        shown={shown}
        onKept={() => {
          setShown(null)
        }}
      />
    </>
  )
}
