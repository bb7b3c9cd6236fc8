import { Group, Paper, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

export interface SectionProps {
  title?: ReactNode
  hint?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

/** A card with a heading. */
export function Section({ title, hint, actions, children }: SectionProps): ReactNode {
  return (
    <Paper component="section" withBorder p="md" radius="md">
      <Stack gap="sm">
        {title === undefined && actions === undefined ? null : (
          <Group justify="space-between" align="flex-start" gap="xs">
            <div>
              <Title order={2} size="h4">
                {title}
              </Title>
              {hint === undefined ? null : (
                <Text size="sm" c="dimmed" component="div">
                  {hint}
                </Text>
              )}
            </div>
            {actions}
          </Group>
        )}
        {children}
      </Stack>
    </Paper>
  )
}
