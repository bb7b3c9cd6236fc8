import {
  Alert,
  Badge,
  Button,
  Checkbox,
  Group,
  Modal,
  Select,
  Stack,
  Table,
  Text,
  TextInput,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { useState, type ReactNode } from 'react'
import { useAction } from '../../api/use-action.js'
import { usePages } from '../../api/use-pages.js'
import {
  ApiKeysDocument,
  CreateApiKeyDocument,
  RevokeApiKeyDocument,
  type ApiKeyRole,
  type ApiKeysQuery,
} from '../../generated/graphql.js'
import { AskFirst } from '../../shared/ask-first.js'
import { Copyable } from '../../shared/copyable.js'
import { words } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'
import { Failure, Problem } from '../../shared/problem.js'
import { PartnerOperations } from './partner-operations.js'

const newKeyTerms: { name: string; role: ApiKeyRole; operationsOnly: boolean } = {
  name: '',
  role: 'OPERATOR',
  operationsOnly: false,
}

export type Key = ApiKeysQuery['apiKeys']['edges'][number]['node']

export function ApiKeys(): ReactNode {
  const { rows, error, hasMore, loadMore } = usePages(ApiKeysDocument, {}, ({ apiKeys }) => apiKeys)
  const [shown, setShown] = useState<string | null>(null)
  return (
    <Stack gap="sm">
      <Group>
        <MakeKey onMade={setShown} />
      </Group>
      {shown === null ? null : (
        <Alert color="teal" title="The new key, shown this once">
          <Copyable text={shown} />
          <Text size="sm" mt="xs">
            Keep it where your program keeps its secrets. If it is lost, revoke it and make another.
          </Text>
        </Alert>
      )}
      <Failure error={error} />
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          No key yet.
        </Text>
      ) : (
        <Table.ScrollContainer minWidth={600}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Name</Table.Th>
                <Table.Th>Key</Table.Th>
                <Table.Th>May</Table.Th>
                <Table.Th>Last used</Table.Th>
                <Table.Th>Made</Table.Th>
                <Table.Th />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((key) => (
                <KeyRow key={key.id} apiKey={key} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {hasMore ? (
        <Button variant="default" onClick={loadMore}>
          More
        </Button>
      ) : null}
    </Stack>
  )
}

function KeyRow({ apiKey }: { apiKey: Key }): ReactNode {
  const [isOpen, { open, close }] = useDisclosure()
  const revoke = useAction(RevokeApiKeyDocument, (result) => result.revokeApiKey, [ApiKeysDocument])
  return (
    <Table.Tr>
      <Table.Td>{apiKey.name}</Table.Td>
      <Table.Td>
        <Text size="sm" ff="monospace">
          {apiKey.prefix}…
        </Text>
      </Table.Td>
      <Table.Td>
        {words(apiKey.role)}
        {apiKey.operationsOnly ? <PartnerOperations apiKey={apiKey} /> : null}
      </Table.Td>
      <Table.Td>
        <Instant at={apiKey.lastUsedAt} otherwise="Never" />
      </Table.Td>
      <Table.Td>
        <Instant at={apiKey.createdAt} />
      </Table.Td>
      <Table.Td>
        {apiKey.revokedAt == null ? (
          <Button size="compact-xs" variant="subtle" color="red" onClick={open}>
            Revoke…
          </Button>
        ) : (
          <Badge color="gray" variant="light" tt="none">
            Revoked
          </Badge>
        )}
        <AskFirst
          isOpen={isOpen}
          onClose={close}
          title={`Revoke ${apiKey.name}?`}
          confirm="Revoke the key"
          colour="red"
          isRunning={revoke.isRunning}
          onConfirm={() =>
            void revoke.run({ apiKeyId: apiKey.id }).then((done) => (done === null ? undefined : close()))
          }
        >
          <Text size="sm">
            Programs that use it are refused at once. This cannot be undone; another key can be made.
          </Text>
          <Problem of={revoke} />
        </AskFirst>
      </Table.Td>
    </Table.Tr>
  )
}

function MakeKey({ onMade }: { onMade: (key: string) => void }): ReactNode {
  const [isOpen, { open, close }] = useDisclosure()
  const create = useAction(CreateApiKeyDocument, (result) => result.createApiKey, [ApiKeysDocument])
  const form = useForm({ initialValues: newKeyTerms })
  const submit = async (values: typeof form.values): Promise<void> => {
    const made = await create.run({ ...values, expiresAt: null })
    if (made === null) return
    onMade(made.key)
    form.reset()
    close()
  }
  return (
    <>
      <Button onClick={open}>New key</Button>
      <Modal opened={isOpen} onClose={close} title="A new API key">
        <form onSubmit={form.onSubmit((values) => void submit(values))}>
          <Stack>
            <TextInput
              label="What it is for"
              required
              maxLength={200}
              data-autofocus
              {...form.getInputProps('name')}
            />
            <Select
              label="What it may do"
              allowDeselect={false}
              data={[
                {
                  value: 'OPERATOR',
                  label: 'Work with contacts, campaigns and messages, and so spend credits',
                },
                { value: 'VIEWER', label: 'Look on, without numbers and texts' },
              ]}
              {...form.getInputProps('role')}
            />
            <Checkbox
              label="For a partner: only operations that you register"
              description="Every other request with this key is refused. Cannot be changed later."
              {...form.getInputProps('operationsOnly', { type: 'checkbox' })}
            />
            <Problem of={create} />
            <Button type="submit" loading={create.isRunning}>
              Make the key
            </Button>
          </Stack>
        </form>
      </Modal>
    </>
  )
}
