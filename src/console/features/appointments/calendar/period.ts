import type { DateTime } from 'luxon'

export type View = 'day' | 'week' | 'month' | 'list'

export interface Period {
  from: DateTime
  /** Not part of it any more. */
  to: DateTime
  title: string
}

const DAY_TITLE = 'cccc d LLLL yyyy'
/** A list shows a month from its day on. */
const LIST_DAYS = 30

/** What a view shows around a day. */
export function periodOf(view: View, day: DateTime): Period {
  if (view === 'day') return { from: day, to: day.plus({ days: 1 }), title: day.toFormat(DAY_TITLE) }
  if (view === 'list') {
    const to = day.plus({ days: LIST_DAYS })
    return {
      from: day,
      to,
      title: `${day.toFormat('d LLL')} – ${to.minus({ days: 1 }).toFormat('d LLL yyyy')}`,
    }
  }
  if (view === 'week') {
    const from = day.startOf('week')
    const last = from.plus({ days: 6 })
    const isOneMonth = from.month === last.month
    return {
      from,
      to: from.plus({ days: 7 }),
      title: `${from.toFormat(isOneMonth ? 'd' : 'd LLL')} – ${last.toFormat('d LLL yyyy')}`,
    }
  }
  const month = day.startOf('month')
  // Whole weeks, so that each row of the month is one.
  return {
    from: month.startOf('week'),
    to: month.endOf('month').endOf('week').plus({ days: 1 }).startOf('day'),
    title: month.toFormat('LLLL yyyy'),
  }
}

/** The day that the neighbouring period is around. */
export function neighbour(view: View, day: DateTime, direction: 1 | -1): DateTime {
  if (view === 'list') return day.plus({ days: LIST_DAYS * direction })
  return day.plus({ [`${view}s`]: direction })
}

export function daysOf({ from, to }: Period): DateTime[] {
  const days: DateTime[] = []
  for (let day = from; day < to; day = day.plus({ days: 1 })) days.push(day)
  return days
}
