import type { AccountId } from '../../kernel/ids.js'
import { visitEach } from '../../kernel/visit-each.js'
import { inTransaction, type Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { currentPriceBook, type PriceBook } from '../credits/index.js'
import { addMessages, type NewMessage } from '../messages/index.js'
import type { AppointmentDeps } from './appointment-deps.js'
import type { SkipReason } from './domain/notification-state.js'
import { rolesTold, type NotificationSettings } from './domain/settings.js'
import { giveCodes } from './store/codes.js'
import { accountsWithDue, lockDue, type DueNotification } from './store/due.js'
import { writeQueued, writeSkipped, writeVoided } from './store/notifications.js'
import { readAttendees, type Attendee } from './store/people.js'
import { readAllowedCountries } from './store/allowed-countries.js'
import { readSettings } from './store/settings.js'
import { writeText } from './write-text.js'

export interface QueueResult {
  queued: number
  skipped: number
}

/** Accounts that one pass visits; what is left comes with the next one. */
const ACCOUNTS_MAX = 200
/** Notifications of one transaction, with the rest of the groups that they belong to. */
const BATCH_SIZE = 200
/** With that rest; only the members of a single group may be more. */
const BATCH_ROWS_MAX = 1_000
const BATCHES_MAX = 50

/**
 * Turns what is due into texts that wait at the gate. Asks Postgres what is due, so it may run never, once or many times and
 * in any number of processes; the key of each text names its notification, so one never makes two. What is of no use any
 * more, because nobody ran for too long, is skipped and says so.
 */
export async function queueDue(deps: AppointmentDeps): Promise<QueueResult> {
  const now = deps.clock.now().toJSDate()
  const total: QueueResult = { queued: 0, skipped: 0 }
  const accountIds = await accountsWithDue(deps.db, now, ACCOUNTS_MAX)
  if (accountIds.length === 0) return total
  const book = await currentPriceBook(deps.db, now)
  await visitEach(accountIds, async (accountId) => {
    for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
      const done = await inTransaction(deps.db, { name: 'appointments.queueDue', accountId }, (tx) =>
        queueBatch(tx, deps, accountId, { book, now }),
      )
      total.queued += done.queued
      total.skipped += done.skipped
      if (!done.hasMore) return
    }
  })
  return total
}

interface Verdicts {
  texts: { id: string; message: NewMessage }[]
  skipped: { id: string; reason: SkipReason }[]
  outdated: string[]
}

async function queueBatch(
  tx: Tx,
  deps: AppointmentDeps,
  accountId: AccountId,
  { book, now }: { book: PriceBook; now: Date },
): Promise<QueueResult & { hasMore: boolean }> {
  const { due, hasMore } = await lockDue(tx, accountId, now, { limit: BATCH_SIZE, rowsMax: BATCH_ROWS_MAX })
  if (due.length === 0) return { hasMore, queued: 0, skipped: 0 }
  const settings = await readSettings(tx, accountId)
  const allowedCountries = await readAllowedCountries(tx, accountId)
  const appointmentIds = [...new Set(due.map(({ appointmentId }) => appointmentId))]
  const attendees = await readAttendees(tx, accountId, appointmentIds)
  const attendeesOf = new Map(
    appointmentIds.map((id) => [id, attendees.filter(({ appointmentId }) => appointmentId === id)]),
  )
  const codes = settings.asksConfirmation
    ? await giveCodes(tx, accountId, withoutCode(due, attendees), now)
    : new Map<string, number>()
  const verdicts: Verdicts = { texts: [], skipped: [], outdated: [] }
  for (const one of due) {
    judge(verdicts, deps, one, {
      attendees: attendeesOf.get(one.appointmentId) ?? [],
      settings,
      allowedCountries,
      book,
      codes,
      now,
    })
  }
  await writeVoided(tx, verdicts.outdated, 'outdated')
  await writeSkipped(tx, verdicts.skipped)
  const messages = verdicts.texts.map(({ message }) => message)
  for (let from = 0; from < messages.length; from += BATCH_ROWS_MAX)
    await addMessages(tx, accountId, messages.slice(from, from + BATCH_ROWS_MAX))
  const queued = await writeQueued(
    tx,
    accountId,
    verdicts.texts.map(({ id }) => ({ id, idemKey: keyOf(id) })),
  )
  const skipped = verdicts.skipped.length
  await appendEvent(tx, {
    accountId,
    topic: 'appointments',
    payload: { kind: 'notified', appointmentIds: appointmentIds.slice(0, 50), queued, skipped },
  })
  return { hasMore, queued, skipped }
}

function keyOf(notificationId: string): string {
  return `appt:${notificationId}`
}

/** Reminders that may print a code, of clients who have none yet. */
function withoutCode(due: readonly DueNotification[], attendees: readonly Attendee[]): string[] {
  const reminded = new Set(due.filter(({ isReminder }) => isReminder).map(({ partyId }) => partyId))
  return attendees
    .filter(({ partyId, role, code }) => role === 'client' && code === null && reminded.has(partyId))
    .map(({ partyId }) => partyId)
}

interface Circumstances {
  attendees: readonly Attendee[]
  settings: NotificationSettings
  allowedCountries: readonly string[]
  book: PriceBook
  codes: ReadonlyMap<string, number>
  now: Date
}

/** Nothing earlier is believed: the appointment, the settings and the contact are asked again. */
function judge(verdicts: Verdicts, deps: AppointmentDeps, one: DueNotification, around: Circumstances): void {
  const skip = (reason: SkipReason): void => {
    verdicts.skipped.push({ id: one.id, reason })
  }
  if (one.revision !== one.appointment.revision) {
    verdicts.outdated.push(one.id)
    return
  }
  if (one.isSuperfluous) {
    skip('tried_before')
    return
  }
  if (one.usefulUntil <= around.now) {
    skip('too_late')
    return
  }
  const recipient = around.attendees.find(({ partyId }) => partyId === one.partyId)
  if (recipient?.person == null) {
    skip('no_contact')
    return
  }
  if (!rolesTold(deps.contexts, around.settings, one.context).includes(recipient.role)) {
    skip('switched_off')
    return
  }
  if (!around.allowedCountries.includes(recipient.person.country)) {
    skip('country_not_allowed')
    return
  }
  const code = one.isReminder ? (recipient.code ?? around.codes.get(one.partyId) ?? null) : null
  const text = writeText(deps, one, {
    ...around,
    parties: around.attendees.filter(({ isRemoved, partyId }) => !isRemoved || partyId === one.partyId),
    ...{ recipient, person: recipient.person, idemKey: keyOf(one.id) },
    code: around.settings.asksConfirmation ? code : null,
  })
  if (text.ok) verdicts.texts.push({ id: one.id, message: text.message })
  else skip(text.reason)
}
