import { Center, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import type { ReactNode } from 'react'

export interface EmptyProps {
  icon: ReactNode
  title: string
  /** What this place is for and how something gets here. */
  children: ReactNode
  action?: ReactNode
}

/** Nothing is here yet: says what will be, and how. */
export function Empty({ icon, title, children, action }: EmptyProps): ReactNode {
  return (
    <Center py={48} px="md">
      <Stack align="center" gap="sm" maw={460}>
        <ThemeIcon size={56} radius="xl" variant="light" aria-hidden>
          {icon}
        </ThemeIcon>
        <Title order={2} size="h4" ta="center">
          {title}
        </Title>
        <Text c="dimmed" ta="center" size="sm" component="div">
          {children}
        </Text>
        {action}
      </Stack>
    </Center>
  )
}
