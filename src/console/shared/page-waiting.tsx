import { Group, Skeleton, Stack } from '@mantine/core'
import type { ReactNode } from 'react'

/** The shape of a screen that is on its way. */
export function PageWaiting(): ReactNode {
  return (
    <Stack role="status" aria-label="Loading" gap="lg">
      <Skeleton height={32} width={220} />
      <Group grow>
        <Skeleton height={96} />
        <Skeleton height={96} visibleFrom="sm" />
        <Skeleton height={96} visibleFrom="md" />
      </Group>
      <Skeleton height={280} />
    </Stack>
  )
}
