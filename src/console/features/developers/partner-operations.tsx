import {
  ActionIcon,
  Badge,
  Button,
  Code,
  Group,
  Modal,
  Stack,
  Table,
  Text,
  Textarea,
  Tooltip,
} from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconTrash } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useAction } from '../../api/use-action.js'
import {
  ApiKeysDocument,
  RegisterOperationsDocument,
  UnregisterOperationDocument,
} from '../../generated/graphql.js'
import { Copyable } from '../../shared/copyable.js'
import { Problem } from '../../shared/problem.js'
import type { Key } from './api-keys.js'

/** What the key of a partner may run, and the place to add to it. */
export function PartnerOperations({ apiKey }: { apiKey: Key }): ReactNode {
  const [isOpen, { open, close }] = useDisclosure()
  const count = apiKey.operations.length
  return (
    <>
      <Button size="compact-xs" variant="subtle" onClick={open} ml="xs">
        {count === 1 ? '1 operation' : `${String(count)} operations`}
      </Button>
      <Modal opened={isOpen} onClose={close} title={`What ${apiKey.name} may run`} size="xl">
        <Stack>
          <Text size="sm">
            Programs with this key send <Code>extensions.persistedQuery.sha256Hash</Code> in place of a text,
            and get nothing for any other hash.
          </Text>
          {count === 0 ? (
            <Text size="sm" c="dimmed">
              Nothing yet: every request with this key is refused.
            </Text>
          ) : (
            <Registered apiKey={apiKey} />
          )}
          {apiKey.revokedAt == null ? <Register apiKeyId={apiKey.id} /> : <Badge color="gray">Revoked</Badge>}
        </Stack>
      </Modal>
    </>
  )
}

function Registered({ apiKey }: { apiKey: Key }): ReactNode {
  const unregister = useAction(UnregisterOperationDocument, (result) => result.unregisterOperation, [
    ApiKeysDocument,
  ])
  return (
    <Table.ScrollContainer minWidth={500}>
      <Problem of={unregister} />
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Operation</Table.Th>
            <Table.Th>Hash</Table.Th>
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {apiKey.operations.map(({ hash, name, document }) => (
            <Table.Tr key={hash}>
              <Table.Td>
                <Tooltip
                  label={<Code block>{document}</Code>}
                  multiline
                  events={{ hover: true, focus: true, touch: true }}
                >
                  <Text size="sm" tabIndex={0}>
                    {name}
                  </Text>
                </Tooltip>
              </Table.Td>
              <Table.Td>
                <Copyable text={hash} shown={`${hash.slice(0, 12)}…`} />
              </Table.Td>
              <Table.Td>
                <ActionIcon
                  variant="subtle"
                  color="red"
                  aria-label={`Take ${name} away`}
                  loading={unregister.isRunning}
                  onClick={() => void unregister.run({ apiKeyId: apiKey.id, hash })}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Register({ apiKeyId }: { apiKeyId: string }): ReactNode {
  const [document, setDocument] = useState('')
  const register = useAction(RegisterOperationsDocument, (result) => result.registerOperations, [
    ApiKeysDocument,
  ])
  const submit = async (): Promise<void> => {
    const done = await register.run({ apiKeyId, documents: [document] })
    if (done !== null) setDocument('')
  }
  return (
    <Stack gap="xs">
      <Textarea
        label="Another operation"
        description="One named GraphQL operation with its fragments. The hash is made of exactly this text."
        placeholder={'query Balance {\n  creditBalance {\n    available\n  }\n}'}
        autosize
        minRows={5}
        maxRows={16}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        value={document}
        onChange={(event) => {
          setDocument(event.currentTarget.value)
        }}
      />
      <Problem of={register} />
      <Group justify="flex-end">
        <Button disabled={document.trim() === ''} loading={register.isRunning} onClick={() => void submit()}>
          Register
        </Button>
      </Group>
    </Stack>
  )
}
