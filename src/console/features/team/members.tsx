import { Button, Group, Modal, PasswordInput, Select, Stack, Table, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useAction } from '../../api/use-action.js'
import { usePages } from '../../api/use-pages.js'
import { useMay, useSession } from '../../app/session.js'
import {
  AddMemberDocument,
  ChangeRoleDocument,
  MembersDocument,
  RemoveMemberDocument,
  type MembersQuery,
  type Role,
} from '../../generated/graphql.js'
import { AskFirst } from '../../shared/ask-first.js'
import { words } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'
import { Failure, Problem } from '../../shared/problem.js'

type Member = MembersQuery['members']['edges'][number]['node']
const roles: readonly Role[] = ['VIEWER', 'OPERATOR', 'OWNER']
const newMember: { name: string; email: string; password: string; role: Role } = {
  name: '',
  email: '',
  password: '',
  role: 'OPERATOR',
}
const roleChoices = roles.map((role) => ({ value: role, label: words(role) }))

export function Members(): ReactNode {
  const isOwner = useMay('OWNER')
  const { rows, error, hasMore, loadMore } = usePages(MembersDocument, {}, ({ members }) => members)
  return (
    <Stack gap="sm">
      {isOwner ? (
        <Group>
          <AddMember />
        </Group>
      ) : null}
      <Failure error={error} />
      <Table.ScrollContainer minWidth={520}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Name</Table.Th>
              <Table.Th>E-mail</Table.Th>
              <Table.Th>Role</Table.Th>
              <Table.Th>Since</Table.Th>
              {isOwner ? <Table.Th /> : null}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((member) => (
              <MemberRow key={member.userId} member={member} mayChange={isOwner} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {hasMore ? (
        <Button variant="default" onClick={loadMore}>
          More
        </Button>
      ) : null}
    </Stack>
  )
}

function MemberRow({ member, mayChange }: { member: Member; mayChange: boolean }): ReactNode {
  const { me } = useSession()
  const [isOpen, { open, close }] = useDisclosure()
  const change = useAction(ChangeRoleDocument, (result) => result.changeRole, [MembersDocument])
  const remove = useAction(RemoveMemberDocument, (result) => result.removeMember, [MembersDocument])
  const isSelf = me.userId === member.userId
  return (
    <Table.Tr>
      <Table.Td>
        {member.name}
        {isSelf ? (
          <Text span c="dimmed">
            {' '}
            (you)
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td>{member.email}</Table.Td>
      <Table.Td>
        {mayChange && !isSelf ? (
          <Select
            aria-label={`Role of ${member.name}`}
            size="xs"
            w={120}
            data={roleChoices}
            value={member.role}
            allowDeselect={false}
            disabled={change.isRunning}
            onChange={(role) => {
              if (role !== null) void change.run({ userId: member.userId, role })
            }}
          />
        ) : (
          words(member.role)
        )}
        <Problem of={change} />
      </Table.Td>
      <Table.Td>
        <Instant at={member.memberSince} />
      </Table.Td>
      {mayChange ? (
        <Table.Td>
          {isSelf ? null : (
            <Button size="compact-xs" variant="subtle" color="red" onClick={open}>
              Remove…
            </Button>
          )}
          <AskFirst
            isOpen={isOpen}
            onClose={close}
            title={`Remove ${member.name}?`}
            confirm="Remove one member"
            colour="red"
            isRunning={remove.isRunning}
            onConfirm={() =>
              void remove.run({ userId: member.userId }).then((done) => (done === null ? undefined : close()))
            }
          >
            <Text size="sm">
              {member.name} can no longer see or do anything in this account, from this moment on. They can be
              added again.
            </Text>
            <Problem of={remove} />
          </AskFirst>
        </Table.Td>
      ) : null}
    </Table.Tr>
  )
}

function AddMember(): ReactNode {
  const [isOpen, { open, close }] = useDisclosure()
  const add = useAction(AddMemberDocument, (result) => result.addMember, [MembersDocument])
  const form = useForm({ initialValues: newMember })
  const submit = async (values: typeof form.values): Promise<void> => {
    if ((await add.run(values)) === null) return
    form.reset()
    close()
  }
  return (
    <>
      <Button onClick={open}>Add a member</Button>
      <Modal opened={isOpen} onClose={close} title="Add a member">
        <form onSubmit={form.onSubmit((values) => void submit(values))}>
          <Stack>
            <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
            <TextInput label="E-mail" type="email" required {...form.getInputProps('email')} />
            <PasswordInput
              label="First password"
              description="At least 12 characters; they change it after signing in."
              autoComplete="new-password"
              required
              {...form.getInputProps('password')}
            />
            <Select label="Role" data={roleChoices} allowDeselect={false} {...form.getInputProps('role')} />
            <Problem of={add} />
            <Button type="submit" loading={add.isRunning}>
              Add
            </Button>
          </Stack>
        </form>
      </Modal>
    </>
  )
}
