import { assert } from '../../kernel/assert.js'
import type { MessageId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { readAccountHoursIn, takeBackMessages } from '../messages/index.js'
import type { BookingDeps } from './appointment-deps.js'
import type { Occasion } from './domain/notification-context.js'
import type { VoidReason } from './domain/notification-state.js'
import { planKey, planNotifications, type PlannedNotification } from './domain/plan-notifications.js'
import { openHoursOf } from './open-hours.js'
import type { Appointment } from './store/appointments.js'
import {
  insertNotifications,
  lockOpen,
  toldReminders,
  writeVoided,
  type OpenNotification,
} from './store/notifications.js'
import { readAttendees, type Attendee } from './store/people.js'
import { readSettings } from './store/settings.js'

/** Keys (`planKey`) of what was taken back, each with its text if that is in flight and may be out already. */
export type StillOpen = ReadonlyMap<string, MessageId | null>

export interface PlanRequest {
  /** What each party is told; nothing unless said. */
  occasionsFor: (attendee: Attendee) => readonly Occasion[]
  isReminded: boolean
  now: Date
  /** What an older revision for the same time had still to say. */
  stillOpen?: StillOpen
  /** Parties who have just left and are told so. */
  departed?: ReadonlySet<string>
}

/** Writes down what is to be told about this revision of an appointment, to whom and when. Tells nobody. Answers with it. */
export async function planFor(
  tx: Tx,
  deps: Pick<BookingDeps, 'contexts'>,
  appointment: Appointment,
  request: PlanRequest,
): Promise<readonly PlannedNotification[]> {
  const { accountId, id } = appointment
  assert(tx.lockedAccountId === accountId, 'plans are made under the lock of their account')
  const attendees = await readAttendees(tx, accountId, [id])
  const settings = await readSettings(tx, accountId)
  const accountHours = await readAccountHoursIn(tx, accountId)
  assert(accountHours !== null, 'every account has its control row')
  const planned = planNotifications({
    kind: appointment.kind,
    startsAt: appointment.startsAt,
    offsets: appointment.offsets,
    parties: attendees
      .filter(({ isRemoved, partyId }) => !isRemoved || request.departed?.has(partyId) === true)
      .map((attendee) => ({
        partyId: attendee.partyId,
        role: attendee.role,
        hours: openHoursOf(attendee, accountHours.rules),
        occasions: request.occasionsFor(attendee),
        isReminded: request.isReminded && !attendee.isRemoved,
      })),
    settings,
    contexts: deps.contexts,
    now: request.now,
    stillOpen: request.stillOpen ?? new Map(),
    told: new Set((await toldReminders(tx, appointment)).map(planKey)),
  })
  await insertNotifications(tx, appointment, planned)
  return planned
}

/**
 * Takes back everything that an appointment had still to say: what is planned, texts that wait, and texts in flight, which may
 * be out already and are not tried again if they are not.
 */
export async function voidOpen(tx: Tx, appointment: Appointment, reason: VoidReason): Promise<StillOpen> {
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
): Promise<StillOpen> {
  const texts = open.flatMap(({ messageId }) => messageId ?? [])
  const taken = await takeBackMessages(tx, appointment.accountId, { ids: texts }, `appointment_${reason}`)
  const inFlight = new Set<string | null>(taken.inFlight)
  const voided = open.filter(({ messageId }) => !inFlight.has(messageId))
  await writeVoided(
    tx,
    voided.map(({ id }) => id),
    reason,
  )
  // Where a text in flight and what was planned instead of it are both open, the text counts.
  return new Map([
    ...voided.filter(({ isSuperfluous }) => !isSuperfluous).map((one) => [planKey(one), null] as const),
    ...open
      .filter(({ messageId }) => inFlight.has(messageId))
      .map((one) => [planKey(one), one.messageId] as const),
  ])
}
