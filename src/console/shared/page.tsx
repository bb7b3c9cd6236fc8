import { Box, Group, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'

export interface PageProps {
  title: string
  /** One line under the title. */
  hint?: ReactNode
  /** Above the title: the way back. */
  back?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

/** A screen: one title, what can be done, and the rest. */
export function Page({ title, hint, back, actions, children }: PageProps): ReactNode {
  useDocumentTitle(`${title} · Tollgate`)
  return (
    <Stack gap="lg" pb="xl">
      <Box>
        {back}
        <Group justify="space-between" align="flex-start" gap="sm">
          <Box style={{ minWidth: 0 }}>
            <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
              {title}
            </Title>
            {hint === undefined ? null : (
              <Text component="div" c="dimmed" size="sm" mt={2}>
                {hint}
              </Text>
            )}
          </Box>
          {actions === undefined ? null : <Group gap="xs">{actions}</Group>}
        </Group>
      </Box>
      {children}
    </Stack>
  )
}
