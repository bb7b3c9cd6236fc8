import { useEffect } from 'react'
import { usePages } from '../../../api/use-pages.js'
import { refresh } from '../../../api/use-read.js'
import {
  AppointmentsDocument,
  type AppointmentState,
  type CalendarEntryFragment,
} from '../../../generated/graphql.js'
import { useRefreshOn } from '../../../live/use-refresh-on.js'
import { useAppointmentNews } from '../use-appointment-news.js'
import type { Period } from './period.js'

/** More than this nobody can read on one screen. */
const ENTRIES_MAX = 600
const REFRESH_MS = 1_000

export interface Calendar {
  entries: readonly CalendarEntryFragment[]
  isLoading: boolean
  error: Error | null
  /** There are more than are shown. */
  isCut: boolean
}

/** All appointments of a period; read again when something happens to any. */
export function useCalendar({ from, to }: Period, states: readonly AppointmentState[] | null): Calendar {
  const { rows, isLoading, error, hasMore, isLoadingMore, loadMore } = usePages(
    AppointmentsDocument,
    { from: from.toUTC().toISO(), to: to.toUTC().toISO(), states: states === null ? null : [...states] },
    ({ appointments }) => appointments,
  )
  useRefreshOn(useAppointmentNews(), REFRESH_MS, () => {
    void refresh(AppointmentsDocument)
  })
  const mayLoad = hasMore && !isLoadingMore && rows.length < ENTRIES_MAX
  useEffect(() => {
    if (mayLoad) loadMore()
    // Each page is asked for once, when the one before is there.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [mayLoad, rows.length])
  return { entries: rows, isLoading, error, isCut: hasMore && rows.length >= ENTRIES_MAX }
}
