import { Badge, VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import { count } from '../../shared/format.js'
import { useInbox } from './use-inbox.js'

/** Beside the word in the navigation: texts that nobody has read. */
export function UnreadBadge(): ReactNode {
  const unread = useInbox()?.totals.unreadTexts ?? 0
  if (unread === 0) return null
  return (
    <Badge size="sm" variant="filled" data-unread={unread}>
      {count(unread)}
      <VisuallyHidden> unread</VisuallyHidden>
    </Badge>
  )
}
