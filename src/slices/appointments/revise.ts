import { assert } from '../../kernel/assert.js'
import type { Tx } from '../../platform/db/transaction.js'
import { recordAndAnnounce } from './announce.js'
import type { Appointment, HistoryEntry } from './store/appointments.js'
import { writeRevision } from './store/appointments.js'

export interface Revision {
  to: Partial<
    Pick<Appointment, 'startsAt' | 'durationMinutes' | 'zone' | 'title' | 'location' | 'offsets' | 'state'>
  >
  kind: HistoryEntry['kind']
  details: Record<string, unknown>
  actor: string
  now: Date
}

/** The only way in which an appointment changes: a new revision, with who changed what in its history. */
export async function revise(tx: Tx, from: Appointment, change: Revision): Promise<Appointment> {
  assert(tx.lockedAccountId === from.accountId, 'appointments change under the lock of their account')
  const to: Appointment = { ...from, ...change.to, revision: from.revision + 1, updatedAt: change.now }
  assert(await writeRevision(tx, from, to), 'an appointment that is locked has the revision that was read')
  await recordAndAnnounce(tx, {
    ...{ appointment: to, fromRevision: from.revision, revision: to.revision, kind: change.kind },
    ...{ details: change.details, actor: change.actor, at: change.now },
  })
  return to
}
