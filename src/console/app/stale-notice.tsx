import { Alert, Button, Group, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useEffect, type ReactNode } from 'react'
import { readStaleAgain, useStaleError } from '../api/stale.js'
import { useConnection } from '../live/connection-state.js'

/** Says that what is on the screen could not be read again. The screen stays, with what was typed into it. */
export function StaleNotice(): ReactNode {
  const error = useStaleError()
  const connection = useConnection()
  useEffect(() => {
    if (connection === 'connected') void readStaleAgain()
  }, [connection])
  if (error === null) return null
  return (
    <Alert
      color="orange"
      icon={<IconAlertTriangle />}
      title="What you see may not be the newest"
      mb="md"
      role="status"
      data-stale
    >
      <Group justify="space-between" gap="xs">
        <Text size="sm">{error.message}</Text>
        <Button size="xs" variant="default" onClick={() => void readStaleAgain()}>
          Try again
        </Button>
      </Group>
    </Alert>
  )
}
