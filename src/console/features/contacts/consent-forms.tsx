import { Button, Checkbox, Modal, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState, type ReactNode } from 'react'
import { useAction } from '../../api/use-action.js'
import {
  ConsentHistoryDocument,
  ContactDocument,
  GrantConsentDocument,
  RevokeConsentDocument,
  type ConsentMethodInput,
  type ConsentPurpose,
} from '../../generated/graphql.js'
import { words } from '../../shared/format.js'
import { Problem } from '../../shared/problem.js'

const methods: readonly ConsentMethodInput[] = ['VERBAL', 'PAPER', 'WEB_FORM', 'KEYWORD']
const purposes: readonly ConsentPurpose[] = ['MARKETING', 'TRANSACTIONAL']
const after = [ContactDocument, ConsentHistoryDocument]

/** Writes down what the person said: a yes with its evidence, or a no. */
export function ConsentForms({ phone }: { phone: string }): ReactNode {
  const [open, setOpen] = useState<'grant' | 'revoke' | null>(null)
  const close = (): void => {
    setOpen(null)
  }
  return (
    <>
      <Button
        onClick={() => {
          setOpen('grant')
        }}
      >
        They agreed…
      </Button>
      <Button
        variant="light"
        color="red"
        onClick={() => {
          setOpen('revoke')
        }}
      >
        They opted out…
      </Button>
      <Modal
        opened={open !== null}
        onClose={close}
        title={open === 'grant' ? 'Write down consent' : 'Write down an opt-out'}
      >
        {open === 'grant' ? <Grant phone={phone} onDone={close} /> : <Revoke phone={phone} onDone={close} />}
      </Modal>
    </>
  )
}

interface FormProps {
  phone: string
  onDone: () => void
}

const newGrant: {
  purposes: ConsentPurpose[]
  method: ConsentMethodInput
  exactText: string
  source: string
} = {
  purposes: ['MARKETING'],
  method: 'VERBAL',
  exactText: '',
  source: '',
}
const newRevocation: { method: ConsentMethodInput; source: string } = { method: 'VERBAL', source: '' }
const methodChoices = methods.map((method) => ({ value: method, label: words(method) }))
const purposeBoxes = purposes.map((purpose) => (
  <Checkbox key={purpose} value={purpose} label={words(purpose)} />
))

function Grant({ phone, onDone }: FormProps): ReactNode {
  const grant = useAction(GrantConsentDocument, (result) => result.grantConsent, after)
  const form = useForm({ initialValues: newGrant })
  const submit = async ({ exactText, source, ...rest }: typeof form.values): Promise<void> => {
    const level = rest.method === 'VERBAL' ? 'EXPRESS' : 'WRITTEN'
    const done = await grant.run({
      input: { phone, level, ...rest, exactText: exactText.trim() || null, source: source.trim() || null },
    })
    if (done !== null) onDone()
  }
  return (
    <form onSubmit={form.onSubmit((values) => void submit(values))}>
      <Stack>
        <Checkbox.Group label="They agreed to" {...form.getInputProps('purposes')}>
          <Stack gap="xs" mt={4}>
            {purposeBoxes}
          </Stack>
        </Checkbox.Group>
        <Select label="How" data={methodChoices} allowDeselect={false} {...form.getInputProps('method')} />
        <Textarea
          label="What they were shown or told, word for word"
          autosize
          minRows={2}
          {...form.getInputProps('exactText')}
        />
        <TextInput label="Where" placeholder="Front desk, Main Street" {...form.getInputProps('source')} />
        <Problem of={grant} />
        <Button type="submit" loading={grant.isRunning}>
          Write it down
        </Button>
      </Stack>
    </form>
  )
}

function Revoke({ phone, onDone }: FormProps): ReactNode {
  const revoke = useAction(RevokeConsentDocument, (result) => result.revokeConsent, after)
  const form = useForm({ initialValues: newRevocation })
  const submit = async ({ method, source }: typeof form.values): Promise<void> => {
    if ((await revoke.run({ input: { phone, method, source: source.trim() || null } })) !== null) onDone()
  }
  return (
    <form onSubmit={form.onSubmit((values) => void submit(values))}>
      <Stack>
        <Text size="sm">
          It counts at once and for everything: texts that wait for this person are not sent, and their
          credits come back.
        </Text>
        <Select label="How" data={methodChoices} allowDeselect={false} {...form.getInputProps('method')} />
        <TextInput label="Where" {...form.getInputProps('source')} />
        <Problem of={revoke} />
        <Button type="submit" color="red" loading={revoke.isRunning}>
          Write down the opt-out
        </Button>
      </Stack>
    </form>
  )
}
