import { Button, Group, PasswordInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import type { ReactNode } from 'react'
import { useAction } from '../../api/use-action.js'
import { ChangePasswordDocument } from '../../generated/graphql.js'
import { Problem } from '../../shared/problem.js'

export function ChangePassword(): ReactNode {
  const change = useAction(ChangePasswordDocument, (result) => result.changePassword)
  const form = useForm({ initialValues: { currentPassword: '', newPassword: '' } })
  const submit = async (values: typeof form.values): Promise<void> => {
    if ((await change.run(values)) === null) return
    form.reset()
    notifications.show({ color: 'teal', message: 'The new password counts from now on.' })
  }
  return (
    <form onSubmit={form.onSubmit((values) => void submit(values))}>
      <Group align="flex-end">
        <PasswordInput
          label="Password until now"
          autoComplete="current-password"
          required
          miw={220}
          {...form.getInputProps('currentPassword')}
        />
        <PasswordInput
          label="New password"
          autoComplete="new-password"
          required
          minLength={12}
          miw={220}
          {...form.getInputProps('newPassword')}
        />
        <Button type="submit" variant="default" loading={change.isRunning}>
          Change
        </Button>
      </Group>
      <Problem of={change} />
    </form>
  )
}
