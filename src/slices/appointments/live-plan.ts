import type { AccountId, AppointmentId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import type { EventListener } from '../../platform/realtime/event-listener.js'
import { liveSnapshots } from '../../platform/realtime/live-query.js'
import { reminderPlan, type PlannedView } from './read-appointments.js'

const MIN_INTERVAL_MS = 500

/** The reminder plan of an appointment now, and then each time that it differs. Empty for one that is not of this account. */
export function livePlan(
  deps: { db: Db; events: EventListener },
  accountId: AccountId,
  appointmentId: AppointmentId,
): AsyncGenerator<PlannedView[], void, undefined> {
  return liveSnapshots({
    listener: deps.events,
    accountId,
    key: `appointment-plan:${accountId}:${appointmentId}`,
    minIntervalMs: MIN_INTERVAL_MS,
    read: () => reminderPlan(deps, accountId, appointmentId),
  })
}
