import { Radio, Stack, Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useAction } from '../../../api/use-action.js'
import {
  SwitchWebhookEndpointDocument,
  WebhookEndpointsDocument,
  type EndpointFragment,
} from '../../../generated/graphql.js'
import { AskFirst } from '../../../shared/ask-first.js'
import { Problem } from '../../../shared/problem.js'

/** Off, or on again with or without what happened meanwhile. */
export function SwitchEndpoint({
  endpoint: { id, enabled },
  isOpen,
  onClose,
}: {
  endpoint: EndpointFragment
  isOpen: boolean
  onClose: () => void
}): ReactNode {
  const [missed, setMissed] = useState('send')
  const change = useAction(SwitchWebhookEndpointDocument, (result) => result.updateWebhookEndpoint, [
    WebhookEndpointsDocument,
  ])
  const confirm = async (): Promise<void> => {
    const skipMissed = !enabled && missed === 'skip'
    if ((await change.run({ endpointId: id, enabled: !enabled, skipMissed })) !== null) onClose()
  }
  return (
    <AskFirst
      isOpen={isOpen}
      onClose={onClose}
      title={enabled ? 'Switch the endpoint off?' : 'Switch the endpoint on?'}
      confirm={enabled ? 'Switch it off' : 'Switch it on'}
      isRunning={change.isRunning}
      onConfirm={() => void confirm()}
    >
      {enabled ? (
        <Text size="sm">
          Nothing is sent to it until it is switched on again. What happens meanwhile is not lost: it can be
          sent then, or left out.
        </Text>
      ) : (
        <Radio.Group label="What happened while it was off" value={missed} onChange={setMissed}>
          <Stack gap="xs" mt="xs">
            <Radio
              value="send"
              label="Send it"
              description="The endpoint goes on where it stopped and misses nothing. After a long time this can be many calls."
            />
            <Radio
              value="skip"
              label="Leave it out"
              description="It is told of what happens from now on. What was left out is not sent later."
            />
          </Stack>
        </Radio.Group>
      )}
      <Problem of={change} />
    </AskFirst>
  )
}
