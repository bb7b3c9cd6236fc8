import {
  Anchor,
  Button,
  Center,
  Group,
  Paper,
  PasswordInput,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDocumentTitle } from '@mantine/hooks'
import { useState, type ReactNode } from 'react'
import { Refusal } from '../shared/problem.js'
import { Gate } from './gate.js'
import { signIn, type SignInRefusal } from './sign-in.js'

export interface SignInPageProps {
  onSignedIn: () => void
  hint: string | null
}

/** Who are you? */
export function SignInPage({ onSignedIn, hint }: SignInPageProps): ReactNode {
  useDocumentTitle('Sign in · Tollgate')
  const [refusal, setRefusal] = useState<SignInRefusal | null>(null)
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '', password: '' } })
  const [isRunning, setRunning] = useState(false)
  const submit = async (values: { email: string; password: string }): Promise<void> => {
    setRunning(true)
    const refused = await signIn(values)
    setRunning(false)
    setRefusal(refused)
    if (refused === null) onSignedIn()
  }
  return (
    <Center component="main" mih="100dvh" p="md">
      <Stack w="100%" maw={400} gap="lg">
        <Group gap="sm" wrap="nowrap">
          <Gate size={40} />
          <div>
            <Title order={1} size="h2">
              Tollgate
            </Title>
            <Text c="dimmed" size="sm">
              Every text passes one gate. Every credit leaves an entry.
            </Text>
          </div>
        </Group>
        <Paper withBorder p="lg" radius="md">
          <form onSubmit={form.onSubmit((values) => void submit(values))}>
            <Stack>
              {hint === null ? null : <Text size="sm">{hint}</Text>}
              <Refusal refusal={refusal} />
              <TextInput
                label="E-mail"
                type="email"
                autoComplete="username"
                required
                autoFocus
                key={form.key('email')}
                {...form.getInputProps('email')}
              />
              <PasswordInput
                label="Password"
                autoComplete="current-password"
                required
                key={form.key('password')}
                {...form.getInputProps('password')}
              />
              <Button type="submit" loading={isRunning} fullWidth>
                Sign in
              </Button>
            </Stack>
          </form>
        </Paper>
        <Text size="sm" c="dimmed">
          A local start prints the demo people and their password in the terminal. Programs use{' '}
          <Anchor href="/explorer" size="sm" underline="always">
            the API
          </Anchor>
          .
        </Text>
      </Stack>
    </Center>
  )
}
