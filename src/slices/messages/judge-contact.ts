import type { Clock } from '../../kernel/clock.js'
import type { AccountId, ContactId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import { getContact, zonesFor, type CandidateZones, type Whereabouts } from '../contacts/index.js'
import { clockTime, isoDate, localTime } from './domain/local-time.js'
import type { Purpose } from './domain/new-message.js'
import { nextOpening } from './domain/open-intervals.js'
import { quietHoursFor, type HoursRules, type QuietHours } from './domain/quiet-hours.js'
import { quietWords } from './domain/send-times.js'
import { readAccountHours } from './store/hours-rows.js'

export interface HoursVerdict extends CandidateZones {
  hours: QuietHours
  isOpen: boolean
  /** The first moment from then on; null when no hour is open in all places. */
  opensAt: Date | null
  opensAtLocal: string[]
  /** Null when it is open. */
  why: string | null
}

/** When somebody at this place may be texted from an instant on, as the gate would say, with its reasons in words. */
export function judgeHours(
  who: Whereabouts,
  asked: { purpose: Purpose; rules: HoursRules; at: Date },
): HoursVerdict {
  const places = zonesFor(who)
  const hours = quietHoursFor({ ...places, purpose: asked.purpose, rules: asked.rules })
  const opensAt = nextOpening(hours, asked.at)
  const isOpen = opensAt?.getTime() === asked.at.getTime()
  return {
    ...places,
    hours,
    isOpen,
    opensAt,
    opensAtLocal: opensAt === null ? [] : places.zones.map((zone) => onTheClock(zone, opensAt)),
    why: isOpen ? null : quietWords(hours, { purpose: asked.purpose, now: asked.at }, opensAt),
  }
}

function onTheClock(zone: string, at: Date): string {
  const { day, minute } = localTime(zone, at.getTime())
  return `${isoDate(day)} ${clockTime(minute)} ${zone}`
}

/** The same for a contact of the account; null for one that is not there. Refuses nothing and sends nothing. */
export async function judgeContact(
  deps: { db: Db; clock: Clock },
  accountId: AccountId,
  asked: { contactId: ContactId; purpose: Purpose; at: Date | null },
): Promise<HoursVerdict | null> {
  const contact = await getContact(deps.db, accountId, asked.contactId)
  const hours = await readAccountHours(deps.db, accountId)
  if (contact === null || hours === null) return null
  const at = asked.at ?? deps.clock.now().toJSDate()
  return judgeHours(contact, { purpose: asked.purpose, rules: hours.rules, at })
}
