import { Anchor, Code, List, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'

const receiver = `import { Webhook } from 'standardwebhooks'

const webhook = new Webhook(process.env.WEBHOOK_SECRET)
const event = webhook.verify(rawBody, request.headers)`

/** What a receiver does with a call; docs/webhooks.md in short. */
export function VerifyHelp(): ReactNode {
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        How a receiver checks a call
      </Text>
      <Code block style={{ whiteSpace: 'pre-wrap' }}>
        {receiver}
      </Code>
      <List size="sm" spacing={4}>
        <List.Item>
          Verify the body as it came, byte for byte, before you parse it. There are libraries for many
          languages:{' '}
          <Anchor
            href="https://www.standardwebhooks.com"
            size="sm"
            target="_blank"
            rel="noreferrer"
            underline="always"
          >
            Standard Webhooks
          </Anchor>
          .
        </List.Item>
        <List.Item>Answer 2xx within ten seconds, and do the work afterwards.</List.Item>
        <List.Item>
          The same call can come twice: remember its <Code>webhook-id</Code>.
        </List.Item>
      </List>
      <Text size="sm" c="dimmed">
        Retries, order and parts of large events: <Code>docs/webhooks.md</Code> of the installation.
      </Text>
    </Stack>
  )
}
