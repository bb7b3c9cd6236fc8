import { Button, Group, Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { useAction } from '../../api/use-action.js'
import { usePages } from '../../api/use-pages.js'
import {
  AssignConversationDocument,
  CloseConversationDocument,
  ConversationDocument,
  ConversationsDocument,
  MembersDocument,
  type ConversationLineFragment,
} from '../../generated/graphql.js'
import { Problem } from '../../shared/problem.js'

const after = [ConversationDocument, ConversationsDocument]

/** Who takes care of it, and whether it is done. */
export function ConversationActions({ conversation }: { conversation: ConversationLineFragment }): ReactNode {
  const { id: conversationId, closedAt, assignedTo } = conversation
  const members = usePages(MembersDocument, {}, (result) => result.members).rows
  const assign = useAction(AssignConversationDocument, (result) => result.assignConversation, after)
  const close = useAction(CloseConversationDocument, (result) => result.closeConversation, after)
  const isClosed = closedAt != null
  return (
    <div>
      <Group gap="xs" wrap="nowrap">
        <Select
          aria-label="Who takes care of it"
          placeholder="Nobody’s"
          size="xs"
          w={150}
          clearable
          searchable
          data={members.map(({ userId, name }) => ({ value: userId, label: name }))}
          value={assignedTo ?? null}
          disabled={assign.isRunning}
          onChange={(userId) => void assign.run({ conversationId, userId })}
        />
        <Button
          size="xs"
          variant="default"
          loading={close.isRunning}
          onClick={() => void close.run({ conversationId, closed: !isClosed })}
        >
          {isClosed ? 'Open again' : 'Close'}
        </Button>
      </Group>
      <Problem of={assign} />
      <Problem of={close} />
    </div>
  )
}
