import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { insertHistory, type HistoryEntry } from './store/appointments.js'

/** Writes what happened into the history, and tells live clients and the workers. */
export async function recordAndAnnounce(tx: Tx, entry: HistoryEntry): Promise<void> {
  await insertHistory(tx, entry)
  await appendEvent(tx, {
    accountId: entry.appointment.accountId,
    topic: 'appointments',
    payload: { kind: entry.kind, appointmentId: entry.appointment.id, revision: entry.revision },
  })
}
