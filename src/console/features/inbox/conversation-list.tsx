import { Badge, Group, Loader, Text, VisuallyHidden } from '@mantine/core'
import { IconAlertTriangle, IconBan } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { Link } from 'react-router'
import type { Pages } from '../../api/use-pages.js'
import type { ConversationLineFragment } from '../../generated/graphql.js'
import { count } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'
import classes from './inbox.module.css'
import { whoIs } from './who-is.js'

interface ConversationListProps extends Pages<ConversationLineFragment> {
  selectedId: string | undefined
  /** The filter, which stays while one goes from conversation to conversation. */
  search: string
  empty: ReactNode
}

const ROW_HEIGHT = 66
const ROWS_AHEAD = 8

/** Conversations, the newest text first; of any length. Up and down go from one to the next. */
export function ConversationList(props: ConversationListProps): ReactNode {
  const { rows, isLoading, hasMore, loadMore, selectedId, search, empty } = props
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: ROWS_AHEAD,
  })
  const items = virtualizer.getVirtualItems()
  const lastIndex = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && lastIndex >= rows.length - ROWS_AHEAD) loadMore()
  }, [hasMore, lastIndex, rows.length, loadMore])
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const at = document.activeElement?.closest<HTMLElement>('[data-index]')?.dataset['index']
    const next = Math.max(0, Math.min(rows.length - 1, at === undefined ? 0 : Number(at) + step))
    virtualizer.scrollToIndex(next)
    scroller.current?.querySelector<HTMLElement>(`[data-index="${String(next)}"] > a`)?.focus()
  }
  if (isLoading)
    return (
      <div
        className={`${classes['list'] ?? ''} ${classes['blank'] ?? ''}`}
        role="status"
        aria-label="Loading"
      >
        <Loader type="dots" />
      </div>
    )
  return (
    <div
      ref={scroller}
      className={classes['list']}
      tabIndex={0}
      role="list"
      aria-label="Conversations"
      onKeyDown={move}
    >
      {rows.length === 0 ? <div role="listitem">{empty}</div> : null}
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }} role="presentation">
        {items.map((item) => {
          const row = rows[item.index]
          return row === undefined ? null : (
            <div
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              role="listitem"
              className={classes['row']}
              style={{ transform: `translateY(${String(item.start)}px)` }}
            >
              <Link
                to={`/inbox/${row.id}${search}`}
                aria-current={row.id === selectedId ? 'true' : undefined}
                data-conversation={row.id}
              >
                <Line conversation={row} />
              </Link>
            </div>
          )
        })}
      </div>
    </div>
  )
}

function Line({ conversation }: { conversation: ConversationLineFragment }): ReactNode {
  const { unread, attention, optedOutAt, lastBody, lastAt } = conversation
  return (
    <>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={unread > 0 ? 700 : 500} truncate>
          {whoIs(conversation)}
        </Text>
        <Text size="xs" c="dimmed" style={{ flex: 'none' }}>
          <Instant at={lastAt} />
        </Text>
      </Group>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" c={unread > 0 ? 'inherit' : 'dimmed'} truncate>
          {lastBody ?? 'Shown to operators and owners only.'}
        </Text>
        {unread > 0 ? (
          <Badge size="sm" style={{ flex: 'none' }}>
            {count(unread)}
            <VisuallyHidden> unread</VisuallyHidden>
          </Badge>
        ) : null}
      </Group>
      {attention == null && optedOutAt == null ? null : (
        <Group gap={4} mt={4}>
          {attention == null ? null : (
            <Badge
              size="sm"
              variant="light"
              color="orange"
              tt="none"
              leftSection={<IconAlertTriangle size={11} aria-hidden />}
            >
              For a person
            </Badge>
          )}
          {optedOutAt == null ? null : (
            <Badge
              size="sm"
              variant="light"
              color="red"
              tt="none"
              leftSection={<IconBan size={11} aria-hidden />}
            >
              Opted out
            </Badge>
          )}
        </Group>
      )}
    </>
  )
}
