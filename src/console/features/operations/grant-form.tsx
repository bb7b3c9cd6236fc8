import { Button, Group, NumberInput, Select, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useState, type ReactNode } from 'react'
import { newKey } from '../../api/new-key.js'
import { useAction } from '../../api/use-action.js'
import { GrantCreditsToDocument, type LotSource } from '../../generated/graphql.js'
import { AskFirst } from '../../shared/ask-first.js'
import { count, quantity } from '../../shared/format.js'
import { Problem } from '../../shared/problem.js'

const newGrant: { credits: number; source: LotSource; reason: string } = {
  credits: 100,
  source: 'ADJUSTMENT',
  reason: '',
}

export function GrantForm({ accountId, name }: { accountId: string; name: string }): ReactNode {
  const [isOpen, { open, close }] = useDisclosure()
  const [key, setKey] = useState(newKey)
  const grant = useAction(GrantCreditsToDocument, (result) => result.grantCredits)
  const form = useForm({ initialValues: newGrant })
  const run = async (): Promise<void> => {
    const done = await grant.run({ accountId, ...form.values, idempotencyKey: key })
    if (done === null) return
    setKey(newKey())
    form.reset()
    close()
    notifications.show({ color: 'teal', message: `${name} has ${count(done.available)} credits now.` })
  }
  return (
    <form onSubmit={form.onSubmit(open)}>
      <Group align="flex-end" gap="sm">
        <NumberInput
          label="Credits"
          min={1}
          thousandSeparator=","
          w={140}
          {...form.getInputProps('credits')}
        />
        <Select
          label="As"
          allowDeselect={false}
          data={[
            { value: 'ADJUSTMENT', label: 'Adjustment' },
            { value: 'PROMOTION', label: 'Promotion' },
          ]}
          {...form.getInputProps('source')}
        />
        <TextInput label="Reason" required maxLength={200} miw={240} {...form.getInputProps('reason')} />
        <Button type="submit" variant="default">
          Give…
        </Button>
      </Group>
      <AskFirst
        isOpen={isOpen}
        onClose={close}
        title={`Give ${quantity(form.values.credits, 'credit')} to ${name}?`}
        confirm={`Give ${quantity(form.values.credits, 'credit')}`}
        isRunning={grant.isRunning}
        onConfirm={() => void run()}
      >
        <Text size="sm">A grant can be rolled back as long as it is not spent.</Text>
        <Problem of={grant} />
      </AskFirst>
    </form>
  )
}
