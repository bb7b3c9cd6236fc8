import { Button, Code, Group, ScrollArea, Table, Text } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { MessageEventsDocument, type MessageEventsSubscription } from '../../generated/graphql.js'
import { useLiveEvents } from '../../live/use-live-events.js'
import { count, words } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'

type Event = MessageEventsSubscription['messageEvents']

interface Tail {
  shown: readonly Event[]
  seen: number
  /** Messages that they were about. */
  messages: number
  /** Events that did not come after the one before. Stays 0: that is the promise. */
  outOfOrder: number
  lastSeq: number
}

const SHOWN_MAX = 100
const empty: Tail = { shown: [], seen: 0, messages: 0, outOfOrder: 0, lastSeq: 0 }

/** The newest events, and the count of those that came out of order or twice. */
export function EventTail(): ReactNode {
  const [tail, setTail] = useState(empty)
  const [isStill, setStill] = useState(false)
  const [frozen, setFrozen] = useState<readonly Event[]>([])
  useLiveEvents(MessageEventsDocument, {}, ({ messageEvents }) => messageEvents, {
    onEvents: (events) => {
      setTail((before) => extend(before, events))
    },
  })
  const shown = isStill ? frozen : tail.shown
  return (
    <>
      <Group justify="space-between" gap="xs">
        <Text
          size="sm"
          data-events-seen={tail.seen}
          data-events-messages={tail.messages}
          data-events-out-of-order={tail.outOfOrder}
          data-events-last={tail.lastSeq}
        >
          {count(tail.seen)} events since you opened this, {count(tail.outOfOrder)} out of order or twice
          {tail.lastSeq === 0 ? '' : `, the last is No. ${count(tail.lastSeq)}`}.
        </Text>
        <Button
          size="xs"
          variant="default"
          leftSection={isStill ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
          onClick={() => {
            setFrozen(tail.shown)
            setStill(!isStill)
          }}
        >
          {isStill ? 'Let it run' : 'Hold still'}
        </Button>
      </Group>
      <ScrollArea h={320} viewportProps={{ tabIndex: 0, 'aria-label': 'Live events' }}>
        {shown.length === 0 ? (
          <Text size="sm" c="dimmed">
            Nothing yet. Start a campaign or send a test, and its events come in here.
          </Text>
        ) : (
          <Table fz="sm" verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>No.</Table.Th>
                <Table.Th>When</Table.Th>
                <Table.Th>What</Table.Th>
                <Table.Th ta="right">Messages</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map((event) => (
                <Table.Tr key={event.seq}>
                  <Table.Td>{event.seq}</Table.Td>
                  <Table.Td>
                    <Instant at={event.at} hasSeconds />
                  </Table.Td>
                  <Table.Td>
                    <Code>{event.kind}</Code>{' '}
                    {event.report == null ? '' : `by ${words(event.report).toLowerCase()}`}
                  </Table.Td>
                  <Table.Td ta="right">{count(event.count)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </ScrollArea>
    </>
  )
}

function extend(tail: Tail, events: readonly Event[]): Tail {
  let { lastSeq, outOfOrder } = tail
  for (const { seq } of events) {
    if (seq <= lastSeq) outOfOrder += 1
    lastSeq = Math.max(lastSeq, seq)
  }
  return {
    shown: [...events.toReversed(), ...tail.shown].slice(0, SHOWN_MAX),
    seen: tail.seen + events.length,
    messages: events.reduce((sum, { count: messages }) => sum + messages, tail.messages),
    outOfOrder,
    lastSeq,
  }
}
