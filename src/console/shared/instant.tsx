import { now } from './clock.js'

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
const timeToday = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
})
const dayAndTime = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
})
const exactLocal = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'medium' })
const toTheSecond = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
})

/** A moment with its zone; year and seconds only where they say something. */
export function instantText(at: string | Date, { hasSeconds = false } = {}): string {
  const moment = new Date(at)
  const today = now()
  if (moment.toDateString() === today.toDateString())
    return (hasSeconds ? toTheSecond : timeToday).format(moment)
  const text = dayAndTime.format(moment)
  return moment.getFullYear() === today.getFullYear() ? text : `${String(moment.getFullYear())}, ${text}`
}

export interface InstantProps {
  at: string | null | undefined
  hasSeconds?: boolean
  /** What stands there when there is no such moment. */
  otherwise?: string
}

/** A moment; pointing at it shows it to the second, in this zone and in UTC. Long tables have hundreds of them. */
export function Instant({ at, hasSeconds = false, otherwise = '–' }: InstantProps): React.ReactNode {
  if (at == null) return <span>{otherwise}</span>
  return (
    <time
      dateTime={at}
      onPointerEnter={(event) => {
        event.currentTarget.title = `${exactLocal.format(new Date(at))} (${zone}) · ${at} UTC`
      }}
    >
      {instantText(at, { hasSeconds })}
    </time>
  )
}

/** The zone in which all moments on the screen are told. */
export const zoneName = zone
