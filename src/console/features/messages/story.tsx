import { Badge, Group, Table, Text, Timeline } from '@mantine/core'
import type { ReactNode } from 'react'
import type { MessageQuery, MessageTimelineKind } from '../../generated/graphql.js'
import { quantity, words } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'

export type StoryEntry = NonNullable<MessageQuery['message']>['timeline'][number]

const colours: Partial<Record<MessageTimelineKind, string>> = {
  HOLD: 'blue',
  CAPTURE: 'teal',
  RELEASE: 'gray',
  REFUND: 'orange',
  LATE_CHARGE: 'orange',
  LATE_PROOF: 'orange',
  OUTCOME: 'indigo',
  DELIVERY: 'teal',
  DECIDED: 'grape',
  DECISION: 'grape',
}

/** The timeline of a text: intent, what the gate saw, hold, attempts, callbacks, capture. */
export function Story({ entries }: { entries: readonly StoryEntry[] }): ReactNode {
  return (
    <Timeline bulletSize={14} lineWidth={2} active={entries.length}>
      {entries.map((entry, index) => (
        <Timeline.Item
          key={`${entry.at}${String(index)}`}
          color={colours[entry.kind] ?? 'gray'}
          title={<Text size="sm">{entry.words}</Text>}
        >
          <Group gap={6} mt={2}>
            <Badge size="sm" variant="light" color={colours[entry.kind] ?? 'gray'} tt="none" radius="sm">
              {words(entry.kind)}
            </Badge>
            <Text size="xs" c="dimmed">
              <Instant at={entry.at} hasSeconds />
              {entry.attempt == null ? '' : ` · attempt ${String(entry.attempt)}`}
              {entry.credits == null ? '' : ` · ${quantity(entry.credits, 'credit')}`}
              {entry.code == null ? '' : ` · code ${String(entry.code)}`}
            </Text>
          </Group>
          <FactTable facts={entry.facts} />
        </Timeline.Item>
      ))}
    </Timeline>
  )
}

export function FactTable({ facts }: { facts: StoryEntry['facts'] }): ReactNode {
  if (facts.length === 0) return null
  return (
    <details>
      <summary>What was seen</summary>
      <Table.ScrollContainer minWidth={280}>
        <Table withRowBorders={false} verticalSpacing={2} w="auto" fz="xs">
          <Table.Tbody>
            {facts.map(({ name, value }) => (
              <Table.Tr key={name}>
                <Table.Td c="dimmed">{words(name)}</Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{value ?? '–'}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </details>
  )
}
