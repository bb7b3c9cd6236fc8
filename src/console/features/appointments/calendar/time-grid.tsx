import { VisuallyHidden } from '@mantine/core'
import type { DateTime } from 'luxon'
import type { CSSProperties, ReactNode } from 'react'
import type { CalendarEntryFragment } from '../../../generated/graphql.js'
import { quantity } from '../../../shared/format.js'
import { useNow } from '../../../shared/clock.js'
import { inZone } from '../local-time.js'
import classes from './calendar.module.css'
import { EntryLink } from './entry-link.js'
import { inLanes } from './lanes.js'

const FIRST_HOUR = 8
const LAST_HOUR = 18
const HOUR_REM = 4.25
/** Shorter ones would not hold a line of text. */
const SHOWN_MINUTES_MIN = 30
const MINUTE_MS = 60_000

interface TimeGridProps {
  days: readonly DateTime[]
  entries: readonly CalendarEntryFragment[]
  zone: string
}

interface Block {
  entry: CalendarEntryFragment
  begin: number
  end: number
}

/** Days side by side with their hours. Each day is a list with a heading, whatever it looks like. */
export function TimeGrid({ days, entries, zone }: TimeGridProps): ReactNode {
  const present = inZone(useNow(MINUTE_MS), zone)
  const byDay = days.map((day) => ({ day, blocks: blocksOf(day, entries, zone) }))
  const all = byDay.flatMap(({ blocks }) => blocks)
  const first = Math.min(FIRST_HOUR, ...all.map(({ begin }) => Math.floor(begin / 60)))
  const last = Math.max(LAST_HOUR, ...all.map(({ end }) => Math.ceil(end / 60)))
  const hours = Array.from({ length: last - first }, (_, place) => first + place)
  const top = (minute: number): string => `${String((minute / 60 - first) * HOUR_REM)}rem`
  return (
    <div className={classes['scroller']} tabIndex={0} role="group" aria-label="Calendar">
      <div className={classes['week']} style={{ '--days': days.length } as CSSProperties}>
        <div className={classes['corner']} aria-hidden />
        {byDay.map(({ day, blocks }) => (
          <h2 key={day.toISODate()} className={classes['dayname']} data-today={day.hasSame(present, 'day')}>
            {day.toFormat('ccc d LLL')}
            <VisuallyHidden>, {quantity(blocks.length, 'appointment')}</VisuallyHidden>
          </h2>
        ))}
        <div className={classes['hours']} style={{ height: top(last * 60) }} aria-hidden>
          {hours.map((hour) => (
            <span key={hour} style={{ top: top(hour * 60) }}>
              {String(hour).padStart(2, '0')}:00
            </span>
          ))}
        </div>
        {byDay.map(({ day, blocks }) => (
          <ol
            key={day.toISODate()}
            className={classes['day']}
            style={{ height: top(last * 60), backgroundSize: `100% ${String(HOUR_REM)}rem` }}
            aria-label={day.toFormat('cccc d LLLL')}
          >
            {inLanes(blocks).map(({ item: { entry, begin, end }, lane, lanes }) => (
              <li
                key={entry.id}
                style={{
                  top: top(begin),
                  height: `${String(((end - begin) / 60) * HOUR_REM)}rem`,
                  left: `${String((lane / lanes) * 100)}%`,
                  width: `${String(100 / lanes)}%`,
                }}
              >
                <EntryLink entry={entry} zone={zone} isShort={end - begin < 45} />
              </li>
            ))}
            {day.hasSame(present, 'day') ? <Present top={top(present.hour * 60 + present.minute)} /> : null}
          </ol>
        ))}
      </div>
    </div>
  )
}

function Present({ top }: { top: string }): ReactNode {
  return <li className={classes['present']} style={{ top }} aria-hidden />
}

/** What begins on a day, as minutes of that day on the clock. */
function blocksOf(day: DateTime, entries: readonly CalendarEntryFragment[], zone: string): Block[] {
  return entries.flatMap((entry) => {
    const local = inZone(entry.startsAt, zone)
    if (!local.hasSame(day, 'day')) return []
    const begin = local.hour * 60 + local.minute
    const end = Math.min(24 * 60, begin + Math.max(SHOWN_MINUTES_MIN, entry.durationMinutes))
    return { entry, begin: Math.min(begin, 24 * 60 - SHOWN_MINUTES_MIN), end }
  })
}
