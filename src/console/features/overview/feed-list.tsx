import { List, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { words } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'
import { operationWords } from './operation-words.js'
import type { OperationEvent } from './use-operation-feed.js'

export function FeedList({ events }: { events: readonly OperationEvent[] }): ReactNode {
  if (events.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nothing so far. A carrier that is away, a stop, or a rule that holds texts back would be told here.
      </Text>
    )
  }
  return (
    <List listStyleType="none" spacing="xs" size="sm">
      {events.slice(0, 8).map((event) => (
        <List.Item key={event.seq}>
          <Text size="sm">{operationWords(event.kind)}</Text>
          <Text size="xs" c="dimmed">
            <Instant at={event.at} hasSeconds />
            {event.facts
              .filter(({ value }) => value != null)
              .slice(0, 4)
              .map(({ name, value }) => ` · ${words(name)}: ${value ?? ''}`)
              .join('')}
          </Text>
        </List.Item>
      ))}
    </List>
  )
}
