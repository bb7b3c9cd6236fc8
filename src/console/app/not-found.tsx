import { Button } from '@mantine/core'
import { IconMapOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { Empty } from '../shared/empty.js'

export function NotFound(): ReactNode {
  return (
    <Empty
      icon={<IconMapOff />}
      title="There is nothing at this address"
      action={
        <Button component={Link} to="/">
          To the overview
        </Button>
      }
    >
      It may belong to another account, or it was never here.
    </Empty>
  )
}
