import { VisuallyHidden } from '@mantine/core'
import { IconCheck, IconRepeat, IconUsersGroup } from '@tabler/icons-react'
import type { CSSProperties, ReactNode } from 'react'
import { Link } from 'react-router'
import type { CalendarEntryFragment } from '../../../generated/graphql.js'
import { words } from '../../../shared/format.js'
import { clocksDiffer, inZone, placeName, spanText, zonedText } from '../local-time.js'
import { clientsText } from '../wording.js'
import classes from './calendar.module.css'

interface EntryLinkProps {
  entry: CalendarEntryFragment
  /** The zone whose clock the calendar shows. */
  zone: string
  isShort?: boolean
  style?: CSSProperties
}

/** One appointment in a grid. */
export function EntryLink({ entry, zone, isShort = false, style }: EntryLinkProps): ReactNode {
  const { id, startsAt, durationMinutes, state, kind, parties } = entry
  const who = clientsText(parties)
  const isConfirmed = parties.some(({ role, confirmedAt }) => role === 'CLIENT' && confirmedAt != null)
  return (
    <Link
      to={`/appointments/${id}`}
      className={classes['entry']}
      data-state={state}
      data-short={isShort}
      title={hoverText(entry, zone)}
      {...(style === undefined ? {} : { style })}
    >
      <span className={classes['when']}>
        {isShort ? inZone(startsAt, zone).toFormat('HH:mm') : spanText(startsAt, durationMinutes, zone)}
        {kind === 'OCCURRENCE' ? <IconRepeat size={12} aria-hidden /> : null}
        {kind === 'COHORT' ? <IconUsersGroup size={12} aria-hidden /> : null}
        {isConfirmed ? <IconCheck size={12} aria-hidden /> : null}
      </span>
      <span className={classes['who']}>{who}</span>
      {isShort ? null : <Rest entry={entry} zone={zone} />}
      <VisuallyHidden>{unseen(entry, zone, isShort)}</VisuallyHidden>
    </Link>
  )
}

/** What has room in a tall one only. */
function Rest({ entry: { title, startsAt, zone: own }, zone }: EntryLinkProps): ReactNode {
  return (
    <>
      {title == null ? null : <span>{title}</span>}
      {clocksDiffer(startsAt, zone, own) ? (
        <span>
          {inZone(startsAt, own).toFormat('HH:mm')} in {placeName(own)}
        </span>
      ) : null}
    </>
  )
}

/** What only colour, icons and place say, in words. */
function unseen(
  { startsAt, title, state, kind, parties }: CalendarEntryFragment,
  zone: string,
  isShort: boolean,
): string {
  const isConfirmed = parties.some(({ role, confirmedAt }) => role === 'CLIENT' && confirmedAt != null)
  const parts = [
    isShort ? title : null,
    zonedText(startsAt, zone),
    kind === 'OCCURRENCE' ? 'part of a series' : null,
    kind === 'COHORT' ? 'group' : null,
    state === 'SCHEDULED' ? null : words(state).toLowerCase(),
    isConfirmed ? 'confirmed by reply' : null,
  ]
  return parts.filter((part) => part != null).join(', ')
}

/** For whoever points at it. */
function hoverText(entry: CalendarEntryFragment, zone: string): string {
  const { durationMinutes, parties, title } = entry
  const lines = [
    clientsText(parties),
    title,
    `${String(durationMinutes)} minutes`,
    unseen(entry, zone, false),
  ]
  return lines.filter((line) => line != null).join('\n')
}
