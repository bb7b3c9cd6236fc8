import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useSession } from '../../app/session.js'

/** A link that the browser follows by itself: whose statement it is, stands in the link. */
export function StatementButton({ children }: { children: ReactNode }): ReactNode {
  const { account } = useSession()
  return (
    <Button
      component="a"
      href={`/statement.csv?account=${account?.id ?? ''}`}
      download
      variant="default"
      leftSection={<IconDownload size={16} />}
    >
      {children}
    </Button>
  )
}
