import { assert } from '../../kernel/assert.js'
import type { ContactId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { readAccountHoursIn } from '../messages/index.js'
import type { BookingDeps, Caller } from './appointment-deps.js'
import { checkTime, type TimeRefusal } from './check-details.js'
import type { AppointmentKind, PartyRole } from './domain/appointment-state.js'
import { isZone, wallClockAt } from './domain/local-time.js'
import type { Occasion } from './domain/notification-context.js'
import { reasonWords, type SkipReason } from './domain/notification-state.js'
import { planNotifications } from './domain/plan-notifications.js'
import { areOffsets } from './domain/settings.js'
import { openHoursOf } from './open-hours.js'
import { seated, seatParties, type PartiesInput, type PartiesRefusal } from './seat-parties.js'
import { readPeople } from './store/people.js'
import { readSettings } from './store/settings.js'

export interface ForecastInput extends PartiesInput {
  kind: AppointmentKind
  startsAt: Date
  zone: string
  offsets?: readonly number[] | null
  /** What is about to be done; null for what tells nobody anything at once. */
  occasion: Occasion | null
}

export interface ForecastNotification {
  context: string
  offsetMinutes: number
  role: PartyRole
  contactId: ContactId | null
  name: string | null
  dueAt: Date
  dueLocal: string
  zone: string
  movedMinutes: number
  reason: SkipReason | null
  reasonWords: string | null
}

export type ForecastResult =
  | { ok: true; told: ForecastNotification[] }
  | { ok: false; reason: 'zone-unknown' | 'offsets-unusable' }
  | TimeRefusal
  | PartiesRefusal

const MINUTE_MS = 60_000
/** What ends an appointment ends its reminders, too. */
const ending: ReadonlySet<Occasion> = new Set(['called_off', 'missed', 'completed'])

/**
 * Who would be told what and when if this were done now, so that it can be said before somebody confirms it. By the same
 * planner as the deed itself; writes and tells nothing. Of an appointment that is there already it knows nothing: whoever
 * has not heard of it yet may be told less.
 */
export async function forecastNotifications(
  deps: BookingDeps,
  { accountId }: Caller,
  input: ForecastInput,
): Promise<ForecastResult> {
  const { kind, startsAt, occasion, offsets = null } = input
  const now = deps.clock.now().toJSDate()
  if (!isZone(input.zone)) return { ok: false, reason: 'zone-unknown' }
  if (offsets !== null && !areOffsets(offsets)) return { ok: false, reason: 'offsets-unusable' }
  const refusal = occasion === null || ending.has(occasion) ? null : checkTime(startsAt, now)
  if (refusal !== null) return refusal
  return inTransaction(deps.db, { name: 'appointments.forecast' }, async (tx) => {
    const seats = await seatParties(tx, accountId, kind, input)
    if (!seats.ok) return seats
    const people = await readPeople(
      tx,
      accountId,
      seats.parties.flatMap(({ contactId }) => contactId ?? []),
    )
    const hours = await readAccountHoursIn(tx, accountId)
    assert(hours !== null, 'every account has its control row')
    const attendees = seated(seats.parties).map((party) => {
      const person = party.contactId === null ? null : (people.get(party.contactId) ?? null)
      return { ...party, person, zone: party.zone ?? person?.zone ?? input.zone }
    })
    const byParty = new Map(attendees.map((attendee) => [attendee.partyId, attendee]))
    const planned = planNotifications({
      ...{ kind, startsAt, offsets, now, contexts: deps.contexts, stillOpen: new Map() },
      settings: await readSettings(tx, accountId),
      parties: attendees.map((attendee) => ({
        partyId: attendee.partyId,
        role: attendee.role,
        hours: openHoursOf(attendee, hours.rules),
        occasions: occasion === null ? [] : [occasion],
        isReminded: occasion === null || !ending.has(occasion),
      })),
    })
    const told = planned.flatMap(({ partyId, context, offsetMinutes, nominalAt, dueAt, skip }) => {
      const attendee = byParty.get(partyId)
      if (attendee === undefined) return []
      const { role, contactId, person, zone } = attendee
      return {
        ...{ context, offsetMinutes, role, contactId, name: person?.name ?? null, zone, dueAt },
        dueLocal: wallClockAt(dueAt, zone),
        movedMinutes: Math.round((dueAt.getTime() - nominalAt.getTime()) / MINUTE_MS),
        ...{ reason: skip, reasonWords: skip === null ? null : reasonWords[skip] },
      }
    })
    return { ok: true, told: told.sort((one, two) => one.dueAt.getTime() - two.dueAt.getTime()) }
  })
}
