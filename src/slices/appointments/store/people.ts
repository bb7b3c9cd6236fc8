import { trustId, type AccountId, type AppointmentId, type ContactId } from '../../../kernel/ids.js'
import type { Tx } from '../../../platform/db/transaction.js'
import type { PartyRole } from '../domain/appointment-state.js'
import type { Party } from './appointments.js'

/** A contact as far as appointments need to know it. */
export interface Person {
  contactId: ContactId
  phone: string
  country: string
  zone: string | null
  region: string | null
  firstName: string | null
  lastName: string | null
  /** What an import called the language of this person. */
  language: string | null
  /** How to call this person: the name, else the number. */
  name: string
}

interface PersonRow {
  name: string | null
  contact_id: string | null
  phone: string | null
  country: string | null
  contact_zone: string | null
  region: string | null
  first_name: string | null
  last_name: string | null
  language: string | null
}

/** Of contact `c`: the name, else the number; null where there is no contact. */
export const NAME_OF_CONTACT = `coalesce(nullif(concat_ws(' ', c.first_name, c.last_name), ''), c.phone) as name`

/** In which party `p` of appointment `a`, with contact `c` if there is one, reads the time: never a copy, so that it is right once corrected. */
export const ZONE_OF_PARTY = 'coalesce(p.zone, c.zone, a.zone) as zone'

const PERSON_COLUMNS = `${NAME_OF_CONTACT}, c.id as contact_id, c.phone, c.country, c.zone as contact_zone, c.region, c.first_name, c.last_name,
  c.attributes ->> 'language' as language`

function toPerson(row: PersonRow): Person | null {
  if (row.contact_id === null || row.phone === null || row.country === null) return null
  return {
    contactId: trustId<ContactId>(row.contact_id),
    phone: row.phone,
    country: row.country,
    zone: row.contact_zone,
    region: row.region,
    firstName: row.first_name,
    lastName: row.last_name,
    language: row.language,
    name: row.name ?? row.phone,
  }
}

/** The account's own contacts among these ids. */
export async function readPeople(
  tx: Tx,
  accountId: AccountId,
  contactIds: readonly ContactId[],
): Promise<Map<ContactId, Person>> {
  if (contactIds.length === 0) return new Map()
  const rows = await tx.query<PersonRow>(
    `/* appointments.people */ select ${PERSON_COLUMNS} from contact c
     where c.account_id = $1 and c.id = any ($2::uuid[]) and c.deleted_at is null`,
    [accountId, contactIds],
  )
  const people = rows.flatMap((row) => toPerson(row) ?? [])
  return new Map(people.map((person) => [person.contactId, person]))
}

/** Somebody who takes part, with the contact if there still is one. */
export interface Attendee extends Party {
  appointmentId: AppointmentId
  /** In which this person reads the time. */
  zone: string
  person: Person | null
  code: number | null
  /** No longer part of it; may still have to be told so. */
  isRemoved: boolean
}

export async function readAttendees(
  tx: Tx,
  accountId: AccountId,
  appointmentIds: readonly AppointmentId[],
): Promise<Attendee[]> {
  const rows = await tx.query<
    PersonRow & {
      party_id: string
      appointment_id: string
      role: PartyRole
      booked_id: string | null
      zone: string
      code: number | null
      is_removed: boolean
    }
  >(
    `/* appointments.attendees */
     select p.id as party_id, p.appointment_id, p.role, p.contact_id as booked_id, ${ZONE_OF_PARTY}, p.code,
       p.removed_at is not null as is_removed, ${PERSON_COLUMNS}
     from appointment_party p join appointment a on a.id = p.appointment_id
     left join contact c on c.account_id = $1 and c.id = p.contact_id and c.deleted_at is null
     where p.account_id = $1 and p.appointment_id = any ($2::uuid[]) order by p.role, p.id`,
    [accountId, appointmentIds],
  )
  return rows.map((row) => ({
    partyId: row.party_id,
    appointmentId: trustId<AppointmentId>(row.appointment_id),
    role: row.role,
    contactId: row.booked_id === null ? null : trustId<ContactId>(row.booked_id),
    zone: row.zone,
    code: row.code,
    isRemoved: row.is_removed,
    person: toPerson(row),
  }))
}
