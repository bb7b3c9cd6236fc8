import { ActionIcon, Text, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { useAction } from '../../api/use-action.js'
import { ContactCountDocument, ContactsDocument, DeleteContactDocument } from '../../generated/graphql.js'
import { AskFirst } from '../../shared/ask-first.js'
import { Problem } from '../../shared/problem.js'

export function DeleteContact({ contactId, name }: { contactId: string; name: string }): ReactNode {
  const navigate = useNavigate()
  const [isOpen, { open, close }] = useDisclosure()
  const remove = useAction(DeleteContactDocument, (result) => result.deleteContact, [
    ContactsDocument,
    ContactCountDocument,
  ])
  return (
    <>
      <Tooltip label="Delete">
        <ActionIcon variant="subtle" color="red" size="lg" aria-label={`Delete ${name}`} onClick={open}>
          <IconTrash size={18} />
        </ActionIcon>
      </Tooltip>
      <AskFirst
        isOpen={isOpen}
        onClose={close}
        title={`Delete ${name}?`}
        confirm="Delete one contact"
        colour="red"
        isRunning={remove.isRunning}
        onConfirm={() => {
          void remove.run({ contactId }).then((done) => (done === null ? undefined : navigate('/contacts')))
        }}
      >
        <Text size="sm">
          Name, tags and fields go. What the number agreed to or revoked stays, as the law wants it. This
          cannot be undone.
        </Text>
        <Problem of={remove} />
      </AskFirst>
    </>
  )
}
