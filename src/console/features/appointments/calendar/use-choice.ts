import { DateTime } from 'luxon'
import { useSearchParams } from 'react-router'
import type { AppointmentState } from '../../../generated/graphql.js'
import { zoneName } from '../../../shared/instant.js'
import { today } from '../local-time.js'
import type { View } from './period.js'

export const views: readonly { value: View; label: string }[] = [
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
  { value: 'month', label: 'Month' },
  { value: 'list', label: 'List' },
]
/** Seven columns or rows of weeks do not fit a phone. */
export const phoneViews: ReadonlySet<View> = new Set(['day', 'list'])

export const shows: readonly { value: string; label: string; states: AppointmentState[] | null }[] = [
  { value: 'current', label: 'All but cancelled', states: ['SCHEDULED', 'COMPLETED', 'NO_SHOW'] },
  { value: 'scheduled', label: 'To take place', states: ['SCHEDULED'] },
  { value: 'all', label: 'Cancelled, too', states: null },
]

/** Where one looks: all of it is in the address. */
interface Choice {
  view: View
  day: DateTime
  zone: string
  show: string
  choose: (part: Partial<Record<'view' | 'date' | 'zone' | 'show', string | null>>) => void
}

export function useChoice(isPhone: boolean): Choice {
  const [params, setParams] = useSearchParams()
  const zone = params.get('zone') ?? zoneName
  const asked = views.find(({ value }) => value === params.get('view'))?.value ?? 'week'
  const date = DateTime.fromISO(params.get('date') ?? '', { zone }).setLocale('en-GB')
  return {
    view: isPhone && !phoneViews.has(asked) ? 'day' : asked,
    day: date.isValid ? date : today(zone),
    zone,
    show: params.get('show') ?? 'current',
    choose: (part) => {
      setParams((before) => {
        const next = new URLSearchParams(before)
        for (const [name, value] of Object.entries(part)) {
          if (value === null) next.delete(name)
          else next.set(name, value)
        }
        return next
      })
    },
  }
}
