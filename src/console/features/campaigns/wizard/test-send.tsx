import { Button, Group, Text, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { Link } from 'react-router'
import { newKey } from '../../../api/new-key.js'
import { useAction } from '../../../api/use-action.js'
import { SendTestMessageDocument } from '../../../generated/graphql.js'
import { quantity } from '../../../shared/format.js'
import { Problem } from '../../../shared/problem.js'

/** One text to one number, through the same gate as all others. */
export function TestSend({ campaignId }: { campaignId: string }): ReactNode {
  const [phone, setPhone] = useState('')
  const [sent, setSent] = useState<{ messageId: string; credits: number } | null>(null)
  const send = useAction(SendTestMessageDocument, (result) => result.sendTestMessage)
  const run = async (): Promise<void> => {
    setSent(await send.run({ campaignId, phone: phone.trim(), idempotencyKey: newKey() }))
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void run()
      }}
    >
      <Group align="flex-end" gap="xs">
        <TextInput
          label="Send a test to a contact’s number"
          description="Costs what the text costs"
          placeholder="+1 555 010 0123"
          value={phone}
          onChange={(event) => {
            setPhone(event.currentTarget.value)
          }}
        />
        <Button type="submit" variant="default" loading={send.isRunning} disabled={phone.trim() === ''}>
          Send test
        </Button>
      </Group>
      {sent === null ? null : (
        <Text size="sm" mt="xs">
          On its way for {quantity(sent.credits, 'credit')}:{' '}
          <Link to={`/messages/${sent.messageId}`}>what becomes of it</Link>
        </Text>
      )}
      <Problem of={send} />
    </form>
  )
}
