import { Button, Modal, SimpleGrid, Stack, TagsInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { useAction } from '../../api/use-action.js'
import { ContactCountDocument, ContactsDocument, CreateContactDocument } from '../../generated/graphql.js'
import { Problem } from '../../shared/problem.js'

/** One person by hand. Consent is written down on their own page. */
export function AddContact(): ReactNode {
  const navigate = useNavigate()
  const [isOpen, { open, close }] = useDisclosure()
  const create = useAction(CreateContactDocument, (result) => result.createContact, [
    ContactsDocument,
    ContactCountDocument,
  ])
  const form = useForm({
    initialValues: { phone: '', firstName: '', lastName: '', email: '', timeZone: '', tags: [] as string[] },
  })
  const submit = async ({ phone, tags, ...texts }: typeof form.values): Promise<void> => {
    const given = Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''))
    const made = await create.run({ phone, defaultCountry: 'US', details: { ...given, tags } })
    if (made !== null) await navigate(`/contacts/${made.id}`)
  }
  return (
    <>
      <Button variant="default" onClick={open}>
        Add
      </Button>
      <Modal opened={isOpen} onClose={close} title="Add a contact">
        <form onSubmit={form.onSubmit((values) => void submit(values))}>
          <Stack>
            <TextInput
              label="Number"
              description="With country code, or as it is dialled in the US"
              required
              data-autofocus
              {...form.getInputProps('phone')}
            />
            <SimpleGrid cols={2}>
              <TextInput label="First name" {...form.getInputProps('firstName')} />
              <TextInput label="Last name" {...form.getInputProps('lastName')} />
            </SimpleGrid>
            <TextInput label="E-mail" type="email" {...form.getInputProps('email')} />
            <TextInput label="Time zone" placeholder="America/New_York" {...form.getInputProps('timeZone')} />
            <TagsInput label="Tags" {...form.getInputProps('tags')} />
            <Problem of={create} />
            <Button type="submit" loading={create.isRunning}>
              Add
            </Button>
          </Stack>
        </form>
      </Modal>
    </>
  )
}
