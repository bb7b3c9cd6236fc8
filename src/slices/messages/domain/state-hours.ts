/** A stretch of a day in minutes since local midnight; its end is not in it. */
export interface DayWindow {
  opens: number
  closes: number
}

/** What a state allows on each day of the week, Monday first; null is not at all. */
export interface StateHours {
  state: string
  days: readonly (DayWindow | null)[]
  /** Whether its law also spares public holidays. */
  sparesHolidays: boolean
  /** Marketing texts to a number that have gone to it within 24 hours, at most; null leaves it to the account. */
  perDay: number | null
  /** ISO date (local) from which it holds. */
  since: string
  source: string
}

const hours = (opens: number, closes: number): DayWindow => ({ opens: opens * 60, closes: closes * 60 })
const everyDay = (window: DayWindow): DayWindow[] => Array.from({ length: 7 }, () => window)
const exceptSunday = (window: DayWindow): (DayWindow | null)[] => [...everyDay(window).slice(0, 6), null]
const unconfirmed =
  'aggregators of compliance tables disagree; the narrower is kept until counsel confirms it'
const byDevice = 'the law names automatic dialing devices, and whether texts are meant is for counsel to say'

interface Exceptions {
  sparesHolidays?: boolean
  perDay?: number
}

function row(
  state: string,
  days: readonly (DayWindow | null)[],
  since: string,
  source: string,
  { sparesHolidays = false, perDay }: Exceptions = {},
): StateHours {
  return { state, days, sparesHolidays, perDay: perDay ?? null, since, source }
}

/**
 * States of the US that are stricter than federal law on texts that sell something (marketing). Engineering defaults that
 * counsel confirms, not legal advice. A new rule is a new row with its own date: the newest row of a state that
 * has begun is the one that holds. Checked on 2026-11-22; rows that say so could not be confirmed by the text of a law.
 */
export const stateHours: readonly StateHours[] = [
  row('FL', everyDay(hours(8, 20)), '2021-07-01', 'Fla. Stat. 501.059, 501.616 (FTSA)', { perDay: 3 }),
  row('OK', everyDay(hours(8, 20)), '2022-11-01', 'Okla. Stat. tit. 15, 775C (OTSA)', { perDay: 3 }),
  row('WA', everyDay(hours(8, 20)), '2022-06-09', 'RCW 19.158.110, 80.36.390'),
  row('MD', everyDay(hours(8, 20)), '2024-01-01', 'Md. Code, Com. Law 14-4501 (Stop the Spam Calls Act)', { perDay: 3 }),
  row('TX', [...everyDay(hours(9, 21)).slice(0, 6), hours(12, 21)], '2025-09-01', 'Tex. Bus. & Com. Code 301.051, SB 140'),
  row('CT', everyDay(hours(9, 20)), '2023-10-01', 'Conn. Gen. Stat. 42-288a'),
  row('NJ', everyDay(hours(8, 20)), '2005-01-01', 'N.J. Stat. 56:8-130'),
  row('MA', everyDay(hours(8, 20)), '2003-04-01', 'Mass. Gen. Laws ch. 159C, s. 3'),
  row('MS', exceptSunday(hours(8, 20)), '2003-07-01', 'Miss. Code 77-3-723'),
  row('AL', exceptSunday(hours(8, 20)), '2003-01-01', 'Ala. Code 8-19A-14', { sparesHolidays: true }),
  row('LA', exceptSunday(hours(8, 20)), '2003-01-01', 'La. R.S. 45:844.31', { sparesHolidays: true }),
  row('RI', [...everyDay(hours(9, 18)).slice(0, 5), hours(10, 17), hours(10, 17)], '2000-01-01', 'R.I. Gen. Laws 5-61-3.6'),
  row('VA', everyDay(hours(8, 21)), '2026-01-01', 'Va. Code 59.1-511, SB 1339'),
  row('KY', everyDay(hours(10, 20)), '2002-07-15', `KRS 367.46955; ${unconfirmed}`),
  row('NM', everyDay(hours(9, 21)), '2020-01-01', 'N.M. Stat. 57-12-22(B)(5)'),
  row('CA', everyDay(hours(9, 21)), '2020-01-01', `Cal. Pub. Util. Code 2872(c); ${byDevice}`),
  row('NV', everyDay(hours(9, 20)), '2020-01-01', `NRS 597.814(2)(a), until 21:00; ${byDevice}; ${unconfirmed}`),
  ...['MI', 'MN', 'IL'].map((state) =>
    row(state, everyDay(hours(9, 20)), '2020-01-01', `Telemarketing rules of ${state}; ${unconfirmed}`),
  ),
] // prettier-ignore

/** The row of a state that holds on a local day, if it has one. */
export function stateHoursOn(state: string, isoDate: string): StateHours | null {
  let found: StateHours | null = null
  for (const candidate of stateHours) {
    if (candidate.state !== state || candidate.since > isoDate) continue
    if (found === null || candidate.since > found.since) found = candidate
  }
  return found
}
