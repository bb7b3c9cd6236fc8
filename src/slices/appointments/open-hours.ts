import { zonesFor } from '../contacts/index.js'
import { isOpenAt, lastOpenBefore, nextOpening, quietHoursFor, type HoursRules } from '../messages/index.js'
import type { OpenHours } from './domain/plan-notifications.js'
import type { Attendee } from './store/people.js'

/**
 * When an attendee may be texted, as the gate will see it. Where the contact has no zone of its own the gate goes by the
 * number; the zone of the booking is then asked besides, so that what is planned is open in both.
 */
export function openHoursOf(
  { person, zone }: Pick<Attendee, 'person' | 'zone'>,
  rules: HoursRules,
): OpenHours | null {
  if (person === null) return null
  const { zones, regions } = zonesFor(person)
  const candidates = person.zone === null && !zones.includes(zone) ? [...zones, zone] : zones
  const hours = quietHoursFor({ purpose: 'transactional', zones: candidates, regions, rules })
  return {
    isOpenAt: (at) => isOpenAt(hours, at),
    nextOpening: (at) => nextOpening(hours, at),
    lastOpenBefore: (at) => {
      const last = lastOpenBefore(hours, at)
      // Where no hour is open at all the answer is the question.
      return isOpenAt(hours, last) ? last : null
    },
  }
}
