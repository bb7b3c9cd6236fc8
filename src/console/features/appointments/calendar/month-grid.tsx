import { Anchor } from '@mantine/core'
import type { DateTime } from 'luxon'
import type { ReactNode } from 'react'
import type { CalendarEntryFragment } from '../../../generated/graphql.js'
import { now } from '../../../shared/clock.js'
import { quantity } from '../../../shared/format.js'
import { inZone } from '../local-time.js'
import classes from './calendar.module.css'
import { EntryLink } from './entry-link.js'

const SHOWN_PER_DAY = 3

interface MonthGridProps {
  days: readonly DateTime[]
  month: number
  entries: readonly CalendarEntryFragment[]
  zone: string
  onDay: (day: DateTime) => void
}

/** Whole weeks of a month; a full day shows its first ones and leads to the rest. */
export function MonthGrid({ days, month, entries, zone, onDay }: MonthGridProps): ReactNode {
  const present = inZone(now(), zone)
  return (
    <div className={classes['scroller']} tabIndex={0} role="group" aria-label="Calendar">
      <div className={classes['month']}>
        {days.slice(0, 7).map((day) => (
          <div key={day.weekday} className={classes['weekday']} aria-hidden>
            {day.toFormat('ccc')}
          </div>
        ))}
        {days.map((day) => {
          const own = entries.filter(({ startsAt }) => inZone(startsAt, zone).hasSame(day, 'day'))
          const rest = own.length - SHOWN_PER_DAY
          return (
            <section
              key={day.toISODate()}
              className={classes['cell']}
              data-other={day.month !== month}
              data-today={day.hasSame(present, 'day')}
              aria-label={`${day.toFormat('cccc d LLLL')}: ${quantity(own.length, 'appointment')}`}
            >
              <button
                type="button"
                className={classes['daynumber']}
                aria-label={`${day.toFormat('d LLL, cccc')}: show the day`}
                onClick={() => {
                  onDay(day)
                }}
              >
                {day.day === 1 ? day.toFormat('d LLL') : day.day}
              </button>
              <ol>
                {own.slice(0, SHOWN_PER_DAY).map((entry) => (
                  <li key={entry.id}>
                    <EntryLink entry={entry} zone={zone} isShort />
                  </li>
                ))}
              </ol>
              {rest > 0 ? (
                <Anchor
                  component="button"
                  type="button"
                  size="xs"
                  onClick={() => {
                    onDay(day)
                  }}
                >
                  {quantity(rest, 'more', 'more')}
                </Anchor>
              ) : null}
            </section>
          )
        })}
      </div>
    </div>
  )
}
