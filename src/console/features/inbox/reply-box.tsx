import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconClock, IconSend } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { newKey } from '../../api/new-key.js'
import { useAction } from '../../api/use-action.js'
import { useRead } from '../../api/use-read.js'
import {
  ConversationDocument,
  ConversationsDocument,
  ConversationTextsDocument,
  PreviewReplyDocument,
  ReplyDocument,
  type ConversationQuery,
  type PreviewReplyQuery,
} from '../../generated/graphql.js'
import { count, quantity } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'
import { measureText } from '../../shared/measure-text.js'
import { Failure, Problem, Refusal } from '../../shared/problem.js'
import { SegmentMeter } from '../../shared/segment-meter.js'
import classes from './inbox.module.css'
import { whoIs } from './who-is.js'

type Preview = NonNullable<PreviewReplyQuery['previewReply']>
const SETTLE_MS = 250
const BODY_MAX = 1600

interface ReplyBoxProps {
  conversation: NonNullable<ConversationQuery['conversation']>
}

/** An answer, with its price while it is written, and why it may not go or when it will. Ctrl Enter sends it. */
export function ReplyBox({ conversation }: ReplyBoxProps): ReactNode {
  const { id: conversationId } = conversation
  const [body, setBody] = useState('')
  const [key, setKey] = useState(newKey)
  const [settled] = useDebouncedValue(body, SETTLE_MS)
  const { data, error } = useRead(
    PreviewReplyDocument,
    { conversationId, body: settled },
    { keepsPrevious: true },
  )
  const preview = data?.previewReply ?? null
  const reply = useAction(ReplyDocument, (result) => result.replyToConversation, [
    ConversationTextsDocument,
    ConversationDocument,
    ConversationsDocument,
    PreviewReplyDocument,
  ])
  const isReady = mayGo(body, preview) && !reply.isRunning
  const send = async (): Promise<void> => {
    if (!isReady || (await reply.run({ conversationId, body, idempotencyKey: key })) === null) return
    setBody('')
    setKey(newKey())
  }
  return (
    <form
      className={classes['reply']}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Stack gap="xs">
        <Textarea
          label={`Answer ${whoIs(conversation)}`}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={BODY_MAX}
          value={body}
          disabled={isFinal(preview)}
          onChange={(event) => {
            setBody(event.currentTarget.value)
            // Other words are another intention, which needs another key.
            setKey(newKey())
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send()
          }}
        />
        {body === '' ? null : (
          <SegmentMeter
            measure={measureText(body)}
            onReplace={(parts) => {
              setBody(
                parts.reduce(
                  (text, { character, replacement }) => text.replaceAll(character, replacement),
                  body,
                ),
              )
              setKey(newKey())
            }}
          />
        )}
        {preview === null ? null : <Outlook preview={preview} />}
        <Failure error={error} />
        <Problem of={reply} />
        <Group justify="space-between" gap="xs">
          <Text size="xs" c="dimmed">
            {preview === null
              ? ' '
              : `${count(preview.availableCredits)} credits available. Ctrl Enter sends.`}
          </Text>
          <Button
            type="submit"
            leftSection={<IconSend size={16} />}
            loading={reply.isRunning}
            disabled={!isReady}
          >
            {body.trim() === '' ? 'Send' : sendText(preview)}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Not before the server has priced as many segments as there are now: the button says what it costs. */
function mayGo(body: string, preview: Preview | null): boolean {
  if (body.trim() === '' || preview === null || preview.refusal != null) return false
  return preview.segments === measureText(body.trim()).segments
}

function sendText(preview: Preview | null): string {
  return preview?.credits == null ? 'Send' : `Send for ${quantity(preview.credits, 'credit')}`
}

/** No other words help. */
function isFinal(preview: Preview | null): boolean {
  const reason = preview?.refusal?.reason
  return reason !== undefined && reason !== 'insufficient-credits' && reason !== 'body-too-long'
}

/** Why it would be refused, or when it would go. */
function Outlook({ preview }: { preview: Preview }): ReactNode {
  if (preview.refusal != null) return <Refusal refusal={preview.refusal} />
  if (!preview.isQuiet) return null
  return (
    <Alert
      color="blue"
      icon={<IconClock />}
      p="xs"
      title={
        <>
          Quiet hours: it goes out <Instant at={preview.opensAt} otherwise="never" />
        </>
      }
    >
      {preview.why}
    </Alert>
  )
}
