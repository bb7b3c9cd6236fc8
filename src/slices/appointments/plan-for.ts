import { assert } from '../../kernel/assert.js'
import type { Tx } from '../../platform/db/transaction.js'
import { cancelWaiting } from '../messages/index.js'
import type { BookingDeps } from './appointment-deps.js'
import type { Occasion } from './domain/notification-context.js'
import type { VoidReason } from './domain/notification-state.js'
import { planKey, planNotifications } from './domain/plan-notifications.js'
import { openHoursOf } from './open-hours.js'
import type { Appointment } from './store/appointments.js'
import { insertNotifications, lockOpen, writeVoided, type OpenNotification } from './store/notifications.js'
import { readAttendees, type Attendee } from './store/people.js'
import { readHoursRules } from './store/hours-rules.js'
import { readSettings } from './store/settings.js'

export interface PlanRequest {
  /** What each party is told; nothing unless said. */
  occasionsFor: (attendee: Attendee) => readonly Occasion[]
  isReminded: boolean
  now: Date
  /** Keys of what an older revision for the same time had still to say. */
  stillOpen?: ReadonlySet<string>
  /** Parties who have just left and are told so. */
  departed?: ReadonlySet<string>
}

/** Writes down what is to be told about this revision of an appointment, to whom and when. Tells nobody. */
export async function planFor(
  tx: Tx,
  deps: Pick<BookingDeps, 'contexts'>,
  appointment: Appointment,
  request: PlanRequest,
): Promise<void> {
  const { accountId, id } = appointment
  assert(tx.lockedAccountId === accountId, 'plans are made under the lock of their account')
  const attendees = await readAttendees(tx, accountId, [id])
  const settings = await readSettings(tx, accountId)
  const rules = await readHoursRules(tx, accountId)
  const planned = planNotifications({
    kind: appointment.kind,
    startsAt: appointment.startsAt,
    offsets: appointment.offsets,
    parties: attendees
      .filter(({ isRemoved, partyId }) => !isRemoved || request.departed?.has(partyId) === true)
      .map((attendee) => ({
        partyId: attendee.partyId,
        role: attendee.role,
        hours: openHoursOf(attendee, rules),
        occasions: request.occasionsFor(attendee),
        isReminded: request.isReminded && !attendee.isRemoved,
      })),
    settings,
    contexts: deps.contexts,
    now: request.now,
    stillOpen: request.stillOpen ?? new Set(),
  })
  await insertNotifications(tx, appointment, planned)
}

/**
 * Takes back everything that an appointment had still to say: what is planned, and texts that wait. What was authorised
 * before may be out already and stays as it is. Returns the keys of what was taken back.
 */
export async function voidOpen(tx: Tx, appointment: Appointment, reason: VoidReason): Promise<Set<string>> {
  return takeBack(tx, appointment, reason, await lockOpen(tx, appointment.id))
}

/** The same for reminders alone: what is told at once is told all the same. */
export async function voidReminders(tx: Tx, appointment: Appointment, reason: VoidReason): Promise<void> {
  const open = await lockOpen(tx, appointment.id)
  await takeBack(
    tx,
    appointment,
    reason,
    open.filter(({ offsetMinutes }) => offsetMinutes > 0),
  )
}

async function takeBack(
  tx: Tx,
  appointment: Appointment,
  reason: VoidReason,
  open: readonly OpenNotification[],
): Promise<Set<string>> {
  const waiting = open.flatMap(({ messageId }) => messageId ?? [])
  const cancelled = new Set<string>(
    waiting.length === 0
      ? []
      : await cancelWaiting(tx, appointment.accountId, { ids: waiting }, `appointment_${reason}`),
  )
  const voided = open.filter(({ messageId }) => messageId === null || cancelled.has(messageId))
  await writeVoided(
    tx,
    voided.map(({ id }) => id),
    reason,
  )
  return new Set(voided.map(planKey))
}
