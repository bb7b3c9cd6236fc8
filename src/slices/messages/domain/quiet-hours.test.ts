import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { DateTime, IANAZone } from 'luxon'
import { CLOSING_MARGIN_MS, lastOpenBefore, nextOpening, openBetween, standingAt } from './open-intervals.js'
import { isOpenAt, quietHoursFor, whyQuiet, type HoursRules } from './quiet-hours.js'
import { stateHours } from './state-hours.js'
import { dayNumber, isFederalHoliday } from './us-holidays.js'

const byDefault: HoursRules = { windows: {}, holidays: [], waiver: null }
const local = (text: string, zone: string): Date => DateTime.fromISO(text, { zone }).toJSDate()
const marketing = (zones: string[], regions: string[] = [], rules = byDefault) =>
  quietHoursFor({ purpose: 'marketing', zones, regions, rules })
const transactional = (zones: string[], rules = byDefault) =>
  quietHoursFor({ purpose: 'transactional', zones, regions: ['RI'], rules })

const NEW_YORK = 'America/New_York'

describe('windows', () => {
  it('are 08:00 to 20:00 for marketing and to 22:00 for the rest; the end is not in them', () => {
    const at = (text: string) => local(`2026-07-07T${text}`, NEW_YORK)
    expect(isOpenAt(marketing([NEW_YORK]), at('08:00'))).toBe(true)
    expect(isOpenAt(marketing([NEW_YORK]), at('07:59:59.999'))).toBe(false)
    expect(isOpenAt(marketing([NEW_YORK]), at('19:59:59.999'))).toBe(true)
    expect(isOpenAt(marketing([NEW_YORK]), at('20:00'))).toBe(false)
    expect(isOpenAt(transactional([NEW_YORK]), at('21:59'))).toBe(true)
    expect(isOpenAt(transactional([NEW_YORK]), at('22:00'))).toBe(false)
    expect(isOpenAt(quietHoursFor({ purpose: 'service', zones: [NEW_YORK], regions: [], rules: byDefault }), at('21:00'))).toBe(true) // prettier-ignore
  })

  it('of an account narrow marketing and never widen it; transactional may be widened', () => {
    const rules = { ...byDefault, windows: { marketing: { opens: 0, closes: 1020 }, transactional: { opens: 0, closes: 1440 } } } // prettier-ignore
    expect(isOpenAt(marketing([NEW_YORK], [], rules), local('2026-07-07T07:00', NEW_YORK))).toBe(false)
    expect(isOpenAt(marketing([NEW_YORK], [], rules), local('2026-07-07T17:00', NEW_YORK))).toBe(false)
    expect(isOpenAt(transactional([NEW_YORK], rules), local('2026-07-07T23:59', NEW_YORK))).toBe(true)
  })

  it('follow the strictest state for marketing, from the day its law began, and say whose it is', () => {
    const chicago = 'America/Chicago'
    const texas = marketing([chicago], ['TX'])
    expect(isOpenAt(texas, local('2026-07-12T11:59', chicago))).toBe(false)
    expect(isOpenAt(texas, local('2026-07-12T12:00', chicago))).toBe(true)
    expect(isOpenAt(texas, local('2025-08-31T08:00', chicago))).toBe(true)
    expect(whyQuiet(texas, local('2026-07-12T11:59', chicago))).toMatchObject({ rule: 'TX', zone: chicago, localTime: '2026-07-12 11:59' }) // prettier-ignore
    const both = marketing([chicago], ['RI', 'TX'])
    expect(whyQuiet(both, local('2026-07-14T18:00', chicago))).toMatchObject({ rule: 'RI', window: { opens: 540, closes: 1080 } }) // prettier-ignore
    expect(isOpenAt(transactional([chicago]), local('2026-07-14T18:00', chicago))).toBe(true)
  })

  it('are shut on Sundays and federal holidays where the law spares them, and on holidays of the account', () => {
    const alabama = marketing(['America/Chicago'], ['AL'])
    expect(nextOpening(alabama, local('2026-07-04T10:00', 'America/Chicago'))).toEqual(local('2026-07-06T08:00', 'America/Chicago')) // prettier-ignore
    const closed = marketing([NEW_YORK], [], { ...byDefault, holidays: ['2026-12-24'] })
    expect(nextOpening(closed, local('2026-12-23T21:00', NEW_YORK))).toEqual(local('2026-12-25T08:00', NEW_YORK)) // prettier-ignore
    expect(whyQuiet(closed, local('2026-12-24T12:00', NEW_YORK))?.rule).toBe('holiday')
  })

  it('do not bind an account whose waiver an administrator has given', () => {
    const waived = marketing([NEW_YORK], ['RI'], { ...byDefault, waiver: 'a demonstration' })
    const night = local('2026-07-07T03:00', NEW_YORK)
    expect(isOpenAt(waived, night)).toBe(true)
    expect(nextOpening(waived, night)).toEqual(night)
    expect(lastOpenBefore(waived, night)).toEqual(night)
    expect(whyQuiet(waived, night)).toBeNull()
  })
})

describe('several candidates', () => {
  it('must all be open', () => {
    const coasts = marketing([NEW_YORK, 'America/Los_Angeles'])
    expect(nextOpening(coasts, local('2026-07-07T06:00', NEW_YORK))).toEqual(local('2026-07-07T11:00', NEW_YORK)) // prettier-ignore
    expect(isOpenAt(coasts, local('2026-07-07T20:00', NEW_YORK))).toBe(false)
  })

  it('that are never open together have no opening, and that is said', () => {
    const narrow = { ...byDefault, windows: { marketing: { opens: 540, closes: 600 } } }
    const never = marketing([NEW_YORK, 'Pacific/Honolulu'], [], narrow)
    const now = local('2026-07-07T09:30', NEW_YORK)
    expect(nextOpening(never, now)).toBeNull()
    expect(lastOpenBefore(never, now)).toEqual(now)
    expect(standingAt(never, now)).toMatchObject({ isOpen: false, opensAt: null })
  })
})

describe('clocks', () => {
  it.each([
    ['Asia/Kathmandu', '2026-07-07T08:00', '2026-07-07T02:15:00Z'],
    ['America/St_Johns', '2026-07-07T08:00', '2026-07-07T10:30:00Z'],
    ['Australia/Lord_Howe', '2026-07-07T08:00', '2026-07-06T21:30:00Z'],
    ['Australia/Lord_Howe', '2026-12-07T08:00', '2026-12-06T21:00:00Z'],
  ])('open at the hour of the place: %s %s', (zone, opening, utc) => {
    const opens = nextOpening(marketing([zone]), local(opening, zone).getTime() > 0 ? new Date(local(opening, zone).getTime() - 3_600_000) : new Date(0)) // prettier-ignore
    expect(opens?.toISOString()).toBe(new Date(utc).toISOString())
  })

  it('that are put forward over the begin of a window open it at the change', () => {
    const early = { ...byDefault, windows: { transactional: { opens: 150, closes: 600 } } }
    const opens = nextOpening(transactional([NEW_YORK], early), new Date('2026-03-08T06:00:00Z'))
    expect(opens?.toISOString()).toBe('2026-03-08T07:00:00.000Z')
  })

  it('that are put back open a window of the small hours twice', () => {
    const rules = { ...byDefault, windows: { transactional: { opens: 60, closes: 90 } } }
    const hours = transactional([NEW_YORK], rules)
    const open = openBetween(hours, Date.parse('2026-11-01T04:00:00Z'), Date.parse('2026-11-01T08:00:00Z'))
    expect(open.map(({ from, to }) => [new Date(from).toISOString().slice(11, 16), new Date(to).toISOString().slice(11, 16)])).toEqual([['05:00', '05:30'], ['06:00', '06:30']]) // prettier-ignore
  })
})

describe('a reminder', () => {
  it('that falls into the night goes before it, with time left to be sent', () => {
    const hours = transactional([NEW_YORK])
    expect(lastOpenBefore(hours, local('2026-07-07T23:30', NEW_YORK))).toEqual(local('2026-07-07T21:50', NEW_YORK)) // prettier-ignore
    expect(lastOpenBefore(hours, local('2026-07-07T21:55', NEW_YORK))).toEqual(local('2026-07-07T21:50', NEW_YORK)) // prettier-ignore
    expect(lastOpenBefore(hours, local('2026-07-07T12:00', NEW_YORK))).toEqual(local('2026-07-07T12:00', NEW_YORK)) // prettier-ignore
    expect(lastOpenBefore(hours, local('2026-07-07T07:00', NEW_YORK))).toEqual(local('2026-07-06T21:50', NEW_YORK)) // prettier-ignore
  })

  it('to somebody whose clocks never overlapped before stays where it is: the gate says why it waits', () => {
    const rules = { ...byDefault, windows: { transactional: { opens: 0, closes: 211 } } }
    const hours = transactional(['America/St_Johns', 'America/Los_Angeles'], rules)
    const evening = new Date('2026-11-01T00:00:00Z')
    expect(lastOpenBefore(hours, evening)).toEqual(evening)
    expect(nextOpening(hours, evening)).toEqual(new Date('2026-11-01T07:00:00Z'))
  })

  it('to somebody whose clocks hardly overlap goes at the begin of what they leave', () => {
    const rules = { ...byDefault, windows: { transactional: { opens: 480, closes: 665 } } }
    const hours = transactional([NEW_YORK, 'America/Los_Angeles'], rules)
    expect(lastOpenBefore(hours, local('2026-07-07T23:30', NEW_YORK))).toEqual(local('2026-07-07T11:00', NEW_YORK)) // prettier-ignore
    expect(lastOpenBefore(hours, local('2026-07-07T10:30', NEW_YORK))).toEqual(local('2026-07-06T11:00', NEW_YORK)) // prettier-ignore
  })
})

describe('against a reference that steps through the minutes', () => {
  const zone = fc.constantFrom(NEW_YORK, 'America/Los_Angeles', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/St_Johns', 'Europe/London', 'Pacific/Apia', 'Africa/Casablanca') // prettier-ignore
  const window = fc.tuple(fc.integer({ min: 0, max: 1380 }), fc.integer({ min: 1, max: 1440 })).map(([a, b]) => ({ opens: Math.min(a, b - 1), closes: Math.max(b, a + 1) })) // prettier-ignore
  const question = fc.record({
    purpose: fc.constantFrom('marketing' as const, 'transactional' as const),
    zones: fc.uniqueArray(zone, { minLength: 1, maxLength: 3 }),
    regions: fc.subarray(['TX', 'RI', 'AL', 'KY', 'FL'], { maxLength: 2 }),
    rules: fc.record({
      windows: fc.record({ marketing: fc.option(window, { nil: undefined }), transactional: fc.option(window, { nil: undefined }) }), // prettier-ignore
      holidays: fc.subarray(['2026-03-08', '2026-04-05', '2026-10-25', '2026-11-01']),
      waiver: fc.constant(null),
    }),
  })
  // Around the days on which clocks change, where mistakes live.
  const instant = fc
    .tuple(
      fc.constantFrom(
        '2026-03-08',
        '2026-03-29',
        '2026-04-05',
        '2026-10-04',
        '2026-10-25',
        '2026-11-01',
        '2026-02-15',
      ),
      fc.integer({ min: -1440, max: 2880 }),
    ) // prettier-ignore
    .map(([day, minutes]) => Date.parse(`${day}T00:00:00Z`) + minutes * 60_000)
  const MINUTE = 60_000
  const SEARCHED_MINUTES = 3 * 24 * 60

  /** The rule said once more, slowly: by luxon's own calendar, from the tables. */
  function isOpenSlowly(
    { purpose, zones, regions, rules }: Parameters<typeof quietHoursFor>[0],
    at: number,
  ): boolean {
    // prettier-ignore
    return zones.every((name) => {
      const there = DateTime.fromMillis(at, { zone: name })
      const minute = there.hour * 60 + there.minute
      const within = (w: { opens: number; closes: number } | null | undefined) =>
        w != null && minute >= w.opens && minute < w.closes
      if (purpose !== 'marketing') return within(rules.windows.transactional ?? { opens: 480, closes: 1320 })
      if (rules.holidays.includes(there.toISODate()!)) return false
      const laws = stateHours.filter((law) => regions.includes(law.state))
      return (
        within({ opens: 480, closes: 1200 }) &&
        (rules.windows.marketing === undefined || within(rules.windows.marketing)) &&
        laws.every(
          (law) =>
            within(law.days[there.weekday - 1]) &&
            !(law.sparesHolidays && isFederalHoliday(dayNumber(there.year, there.month, there.day))),
        )
      )
    })
  }

  it('an instant is open, the next opening and the last one before it are the same', () => {
    fc.assert(
      fc.property(question, instant, (asked, at) => {
        const hours = quietHoursFor(asked)
        const open = Array.from({ length: 3_000 }, (_, minute) => isOpenSlowly(asked, at + (minute - 1_500) * MINUTE)) // prettier-ignore
        expect(isOpenAt(hours, new Date(at))).toBe(open[1_500])
        const next = open.indexOf(true, 1_500)
        const opens = nextOpening(hours, new Date(at))?.getTime() ?? Infinity
        if (next !== -1) expect(opens).toBe(at + (next - 1_500) * MINUTE)
        else expect(opens).toBeGreaterThanOrEqual(at + 1_500 * MINUTE)
        if (opens === Infinity) return
        const last = (lastOpenBefore(hours, new Date(at)).getTime() - at) / MINUTE + 1_500
        if (last === 1_500 && open.lastIndexOf(true, 1_500) === -1) {
          // Clocks that overlap only from a change on: nothing before was open.
          for (let minute = 0; minute < SEARCHED_MINUTES; minute += 1)
            if (isOpenSlowly(asked, at - minute * MINUTE))
              throw new Error(`open ${String(minute)} minutes before`)
          return
        }
        const isRoomy = (from: number): boolean =>
          open.slice(from, from + CLOSING_MARGIN_MS / MINUTE).every((isOpen) => isOpen) ||
          (open[from] === true && open[from - 1] !== true)
        expect(last).toBeLessThanOrEqual(1_500)
        if (last >= 0) expect(isRoomy(last)).toBe(true)
        for (let minute = 1_500; minute > Math.max(last, 0); minute -= 1) expect(isRoomy(minute)).toBe(false)
      }),
      { numRuns: 10 },
    )
  })

  it('what is remembered of a claim is what is true at each of its instants', () => {
    fc.assert(
      fc.property(
        question,
        instant,
        fc.array(fc.integer({ min: -600, max: 3_000 }), { maxLength: 12 }),
        (asked, at, steps) => {
          // prettier-ignore
          const hours = quietHoursFor(asked)
          for (const step of steps) {
            const now = at + step * MINUTE
            expect(standingAt(hours, new Date(now)).isOpen).toBe(isOpenAt(hours, new Date(now)))
          }
        },
      ),
      { numRuns: 15 },
    )
  })
})

it('the table of states names real days, windows and sources', () => {
  for (const law of stateHours) {
    expect(law.days).toHaveLength(7)
    expect(DateTime.fromISO(law.since).isValid).toBe(true)
    expect(law.source.length).toBeGreaterThan(5)
  }
  expect(IANAZone.isValidZone(NEW_YORK)).toBe(true)
})
