import { List, Skeleton, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useRead } from '../../api/use-read.js'
import {
  ForecastNotificationsDocument,
  type AppointmentKind,
  type ForecastNotificationsInput,
  type ForecastNotificationsQuery,
} from '../../generated/graphql.js'
import { quantity } from '../../shared/format.js'
import { Failure, Refusal } from '../../shared/problem.js'
import { grouped } from './grouped.js'
import { zonedText } from './local-time.js'
import { contextName, movedText, roleWord } from './wording.js'

type Outcome = ForecastNotificationsQuery['forecastNotifications']
type Told = Extract<Outcome, { __typename: 'NotificationForecast' }>['told'][number]

const SETTLE_MS = 300
/** More people than this are counted instead of named. */
const NAMED_MAX = 4

export interface Forecast {
  /** Null while the answer to what is asked now is not there; nobody when nothing is asked. */
  told: readonly Told[] | null
  outcome: Outcome | undefined
  error: Error | null
  /** The answer is there, or none is to be had: what is asked about may be done. */
  isReady: boolean
}

/** Who would be told what if this were done now; null asks for nothing. */
export function useForecast(input: ForecastNotificationsInput | null): Forecast {
  // As text, because an input that says the same is the same question.
  const asked = input === null ? null : JSON.stringify(input)
  const [settled] = useDebouncedValue(asked, SETTLE_MS)
  const { data, error, staleError, isPlaceholderData } = useRead(
    ForecastNotificationsDocument,
    { input: settled === null ? nothing : (JSON.parse(settled) as ForecastNotificationsInput) },
    { isEnabled: settled !== null, keepsPrevious: true },
  )
  const isAnswer = asked === settled && !isPlaceholderData
  if (asked === null) return { told: [], outcome: undefined, error: null, isReady: true }
  if (settled === null) return { told: null, outcome: undefined, error: null, isReady: false }
  // What was answered earlier and could not be asked again is no answer about now.
  return answerOf(data?.forecastNotifications, isAnswer, isAnswer ? (error ?? staleError) : null)
}

function answerOf(outcome: Outcome | undefined, isAnswer: boolean, error: Error | null): Forecast {
  const isKnown = isAnswer && error === null && outcome?.__typename === 'NotificationForecast'
  const told = isKnown ? outcome.told : null
  return { told, outcome, error, isReady: told !== null || error !== null }
}

const nothing: ForecastNotificationsInput = {
  ...{ kind: 'INDIVIDUAL', startsAt: '1970-01-01T00:00:00Z', zone: 'Europe/London', clients: [] },
}

/** How many people hear of it at once; those who hear later in their morning count, too. */
function peopleTold(told: readonly Told[]): number {
  const now = told.filter(({ offsetMinutes, reason }) => offsetMinutes === 0 && reason === null)
  return new Set(now.map(({ role, contactId }) => `${role} ${contactId ?? ''}`)).size
}

/** "Book and tell 2 people", or that nobody is told. The deed alone while that is not known. */
export function andTell(deed: string, told: readonly Told[] | null): string {
  if (told === null) return deed
  const people = peopleTold(told)
  return people === 0 ? `${deed}, telling nobody` : `${deed} and tell ${quantity(people, 'person', 'people')}`
}

/** Of a series: the forecast is that of the one that comes next. */
export function TurnHint({ kind }: { kind: AppointmentKind }): ReactNode {
  if (kind !== 'OCCURRENCE') return null
  return (
    <Text size="xs" c="dimmed">
      Of a series only the next one is reminded of; a later one gets its reminders in its turn.
    </Text>
  )
}

/** What would be told, in words, before it is done. */
export function ForecastList({ forecast, empty }: { forecast: Forecast; empty: string }): ReactNode {
  const { outcome, error } = forecast
  if (error !== null) {
    return (
      <Stack gap="xs">
        <Text size="sm">
          Who would be texted could not be told. You can go on all the same: people hear of it as the settings
          say.
        </Text>
        <Failure error={error} />
      </Stack>
    )
  }
  if (outcome?.__typename === 'Refused') return <Refusal refusal={outcome} />
  const told = outcome?.told ?? forecast.told
  if (told === null) return <Skeleton height={96} />
  const groups = grouped(told, ({ context, offsetMinutes }) => contextName(context, offsetMinutes))
  const texts = told.filter(({ reason }) => reason === null).length
  if (groups.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {empty}
      </Text>
    )
  }
  return (
    <Stack gap="sm" data-forecast={texts}>
      {groups.map(([name, rows]) => (
        <div key={name}>
          <Text size="sm" fw={600}>
            {name}
          </Text>
          <List size="sm" spacing={2} listStyleType="none">
            {rows.length <= NAMED_MAX
              ? rows.map((row) => (
                  <List.Item key={`${row.role} ${row.contactId ?? ''}`}>
                    <One row={row} />
                  </List.Item>
                ))
              : countWords(rows).map((line) => <List.Item key={line}>{line}</List.Item>)}
          </List>
        </div>
      ))}
      <Text size="xs" c="dimmed">
        {quantity(texts, 'text')} at most. Each is priced and checked when its time has come: consent, quiet
        hours and credits are asked then.
      </Text>
    </Stack>
  )
}

function One({ row }: { row: Told }): ReactNode {
  const { name, role, dueAt, zone, offsetMinutes, movedMinutes, reason, reasonWords } = row
  const moved = movedText(movedMinutes)
  const isAtOnce = offsetMinutes === 0 && movedMinutes === 0
  return (
    <>
      {name ?? 'Somebody'}
      {role === 'COACH' ? ` (${roleWord(role)})` : ''}:{' '}
      {reason === null ? (
        <>
          {isAtOnce ? 'at once' : zonedText(dueAt, zone)}
          {moved === null ? '' : ` – ${moved}`}
        </>
      ) : (
        <Text span c="dimmed" size="sm">
          not sent. {reasonWords}
        </Text>
      )}
    </>
  )
}

/** Of a group: how many, and what differs. */
function countWords(rows: readonly Told[]): string[] {
  const going = rows.filter(({ reason }) => reason === null)
  const later = going.filter(({ movedMinutes }) => movedMinutes !== 0)
  const [first] = going
  const lines = grouped(
    rows.filter(({ reason }) => reason !== null),
    ({ reasonWords }) => reasonWords ?? '',
  ).map(([why, skipped]) => `${quantity(skipped.length, 'person', 'people')} not: ${why}`)
  if (first === undefined) return lines
  const when = first.offsetMinutes === 0 ? 'at once' : `from ${zonedText(first.dueAt, first.zone)} on`
  return [
    `${quantity(going.length, 'person', 'people')} ${when}`,
    ...(later.length === 0
      ? []
      : [`${quantity(later.length, 'of them is', 'of them are')} outside quiet hours at another time`]),
    ...lines,
  ]
}
