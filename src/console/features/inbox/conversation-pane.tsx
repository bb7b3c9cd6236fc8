import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useEffect, useEffectEvent, type ReactNode } from 'react'
import { Link } from 'react-router'
import { useAction } from '../../api/use-action.js'
import { refresh, useRead } from '../../api/use-read.js'
import { useMay } from '../../app/session.js'
import {
  ConversationDocument,
  ConversationsDocument,
  ConversationTextsDocument,
  MarkReadDocument,
  PreviewReplyDocument,
  type ConversationQuery,
} from '../../generated/graphql.js'
import { useRefreshOnEvents } from '../../live/use-refresh-on-events.js'
import { useRefreshOn } from '../../live/use-refresh-on.js'
import { BackLink } from '../../shared/back-link.js'
import { PageWaiting } from '../../shared/page-waiting.js'
import { Failure, Problem } from '../../shared/problem.js'
import { SendabilityBadges } from '../contacts/sendability.js'
import { ConversationActions } from './conversation-actions.js'
import classes from './inbox.module.css'
import { ReplyBox } from './reply-box.js'
import { Thread } from './thread.js'
import { useInbox } from './use-inbox.js'
import { whoIs } from './who-is.js'

type Conversation = NonNullable<ConversationQuery['conversation']>
const REFRESH_MS = 500

/** One conversation: who it is, what they agreed to, the texts in both directions, and the answer. */
export function ConversationPane({ conversationId }: { conversationId: string }): ReactNode {
  const { data, error } = useRead(ConversationDocument, { id: conversationId })
  const readAgain = (): void =>
    void refresh(ConversationDocument, ConversationTextsDocument, PreviewReplyDocument)
  useRefreshOn(useInbox()?.seq, REFRESH_MS, readAgain)
  useRefreshOnEvents(REFRESH_MS, () => void refresh(ConversationTextsDocument))
  if (error !== null) return <Failure error={error} />
  if (data === undefined) return <PageWaiting />
  if (data.conversation == null)
    return <div className={classes['blank']}>There is no such conversation in this account.</div>
  return <Open conversation={data.conversation} />
}

function Open({ conversation }: { conversation: Conversation }): ReactNode {
  const mayWrite = useMay('OPERATOR')
  const { id, contactId, phone, attention, attentionWords } = conversation
  const markRead = useAction(MarkReadDocument, (result) => result.markConversationRead, [
    ConversationDocument,
    ConversationsDocument,
  ])
  // What waits for a person stays until one says so; everything else is read by being looked at.
  const isReadByLooking = mayWrite && conversation.unread > 0 && attention == null
  const read = useEffectEvent(() => {
    if (document.visibilityState === 'visible') void markRead.run({ conversationId: id })
  })
  useEffect(() => {
    if (!isReadByLooking) return
    const look = (): void => {
      read()
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => {
      document.removeEventListener('visibilitychange', look)
    }
  }, [isReadByLooking, conversation.unread])
  const name = whoIs(conversation)
  return (
    <section className={classes['pane']} aria-label={`Conversation with ${name}`}>
      <Stack gap="xs" className={classes['head']}>
        <div className={classes['back']}>
          <BackLink to="/inbox">All conversations</BackLink>
        </div>
        <Group justify="space-between" align="flex-start" gap="xs">
          <div>
            <Title order={2} size="h4">
              {name}
            </Title>
            <Text size="sm" c="dimmed" component="div">
              {name === phone ? '' : `${phone} · `}
              {contactId == null ? (
                'No contact with this number'
              ) : (
                <Link to={`/contacts/${contactId}`}>Contact</Link>
              )}
            </Text>
          </div>
          {mayWrite ? <ConversationActions conversation={conversation} /> : null}
        </Group>
        <Group gap="xs" align="center">
          <SendabilityBadges sendability={conversation.sendability} />
          <Text size="xs" c="dimmed">
            {[...new Set(conversation.sendability.map(({ words }) => words))].join(' ')}
          </Text>
        </Group>
        {attention == null ? null : (
          <Alert color="orange" icon={<IconAlertTriangle />} title="This needs a person" p="xs">
            <Group gap="xs" justify="space-between">
              <Text size="sm">{attentionWords}</Text>
              {mayWrite ? (
                <Button
                  size="compact-sm"
                  variant="default"
                  loading={markRead.isRunning}
                  onClick={() => void markRead.run({ conversationId: id })}
                >
                  Looked at
                </Button>
              ) : null}
            </Group>
          </Alert>
        )}
        <Problem of={markRead} />
      </Stack>
      <Thread conversationId={id} />
      {mayWrite ? <ReplyBox conversation={conversation} /> : null}
    </section>
  )
}
