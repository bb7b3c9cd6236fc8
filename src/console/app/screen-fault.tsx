import { Button } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useRouteError } from 'react-router'
import { Empty } from '../shared/empty.js'

/** A screen that could not be loaded or drawn. The rest of the console goes on. */
export function ScreenFault(): ReactNode {
  const error = useRouteError()
  return (
    <Empty
      icon={<IconPlugConnectedX />}
      title="This screen could not be shown"
      action={
        <Button
          onClick={() => {
            location.reload()
          }}
        >
          Reload
        </Button>
      }
    >
      {error instanceof Error ? error.message : 'Its code could not be loaded.'} Nothing was changed. A newer
      version may have been installed meanwhile; reloading brings it.
    </Empty>
  )
}
