import { Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { usePages } from '../../api/use-pages.js'
import { refresh } from '../../api/use-read.js'
import { AppointmentsDocument } from '../../generated/graphql.js'
import { useRefreshOn } from '../../live/use-refresh-on.js'
import { now } from '../../shared/clock.js'
import { zoneName } from '../../shared/instant.js'
import { Failure } from '../../shared/problem.js'
import { AppointmentList } from './calendar/appointment-list.js'
import { useAppointmentNews } from './use-appointment-news.js'

const REFRESH_MS = 2_000

/** What is to come for one contact. */
export function ContactAppointments({ contactId }: { contactId: string }): ReactNode {
  const [from] = useState(() => now().toISOString())
  const pages = usePages(
    AppointmentsDocument,
    { contactId, from, states: ['SCHEDULED'] },
    ({ appointments }) => appointments,
  )
  useRefreshOn(useAppointmentNews(), REFRESH_MS, () => {
    void refresh(AppointmentsDocument)
  })
  return (
    <>
      <Failure error={pages.error} />
      <AppointmentList
        {...pages}
        zone={zoneName}
        height="16rem"
        empty={
          <Text size="sm" c="dimmed">
            Nothing is booked.
          </Text>
        }
      />
    </>
  )
}
