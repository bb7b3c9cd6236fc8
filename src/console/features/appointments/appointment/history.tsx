import { Text, Timeline } from '@mantine/core'
import type { ReactNode } from 'react'
import { useRead } from '../../../api/use-read.js'
import { MembersDocument } from '../../../generated/graphql.js'
import { quantity, words } from '../../../shared/format.js'
import { Instant } from '../../../shared/instant.js'
import { zonedText } from '../local-time.js'
import { listText } from '../wording.js'
import type { AppointmentDetail } from './appointment-page.js'

type Entry = AppointmentDetail['history'][number]

const deeds: Readonly<Record<string, string>> = {
  booked: 'Booked',
  changed: 'Changed',
  moved: 'Moved',
  cancelled: 'Cancelled',
  completed: 'Took place',
  no_show: 'Nobody came',
  confirmed: 'Confirmed by a reply',
}
const colours: Readonly<Record<string, string>> = {
  booked: 'teal',
  confirmed: 'teal',
  completed: 'teal',
  moved: 'blue',
  changed: 'blue',
  cancelled: 'red',
  no_show: 'orange',
}
const fieldWords: Readonly<Record<string, string>> = {
  durationMinutes: 'length',
  zone: 'time zone',
  title: 'subject',
  location: 'place',
  offsets: 'reminders',
}

/** Who changed what, newest first. Nothing of it can be changed. */
export function History({ entries, zone }: { entries: readonly Entry[]; zone: string }): ReactNode {
  const nameOf = useActorNames()
  return (
    <Timeline bulletSize={14} lineWidth={2} active={entries.length}>
      {entries.map((entry, index) => (
        <Timeline.Item
          key={`${entry.at}${String(index)}`}
          color={colours[entry.kind] ?? 'gray'}
          title={<Text size="sm">{deeds[entry.kind] ?? words(entry.kind)}</Text>}
        >
          <Text size="sm">{detailWords(entry, zone)}</Text>
          <Text size="xs" c="dimmed">
            <Instant at={entry.at} hasSeconds /> · {nameOf(entry.actor)} · revision {entry.revision}
          </Text>
        </Timeline.Item>
      ))}
    </Timeline>
  )
}

function detailWords({ movedFrom, changed, joined, left }: Entry, zone: string): string {
  const parts = [
    movedFrom == null ? '' : `It was ${zonedText(movedFrom, zone)} before.`,
    changed.length === 0
      ? ''
      : `Another ${listText(changed.map((name) => fieldWords[name] ?? words(name)))}.`,
    joined === 0 ? '' : `${quantity(joined, 'person', 'people')} joined.`,
    left === 0 ? '' : `${quantity(left, 'person', 'people')} left.`,
  ]
  return parts.filter(Boolean).join(' ')
}

/** `user:<id>` as the name of a member, `key:<id>` as what it is. */
function useActorNames(): (actor: string) => string {
  const members = useRead(MembersDocument, {}).data?.members.edges ?? []
  return (actor) => {
    const [kind = '', id = ''] = actor.split(':', 2)
    if (kind === 'user') return members.find(({ node }) => node.userId === id)?.node.name ?? 'a former member'
    if (actor === 'system') return 'the program'
    return id === '' ? words(actor) : 'an API key'
  }
}
