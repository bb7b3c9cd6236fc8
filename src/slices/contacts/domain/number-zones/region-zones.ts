/** Every zone of which some part of the states, provinces and territories named has the time. */
const regionsOfZones: Readonly<Record<string, string>> = {
  'America/New_York': 'CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC TN VA VT WV',
  'America/Chicago': 'AL AR FL IA IL IN KS KY LA MI MN MO MS ND NE OK SD TN TX WI',
  'America/Denver': 'AZ CO ID KS MT ND NE NM NV OR SD TX UT WY',
  'America/Phoenix': 'AZ',
  'America/Los_Angeles': 'CA ID NV OR WA',
  'America/Anchorage': 'AK',
  'America/Adak': 'AK',
  'Pacific/Honolulu': 'HI',
  'America/Puerto_Rico': 'PR',
  'America/St_Thomas': 'VI',
  'America/St_Johns': 'NL',
  'America/Halifax': 'NB NL NS PE QC',
  'America/Blanc-Sablon': 'QC',
  'America/Toronto': 'NU ON QC',
  'America/Atikokan': 'NU ON',
  'America/Winnipeg': 'MB NU ON',
  'America/Regina': 'SK',
  'America/Edmonton': 'AB BC NT NU SK',
  'America/Dawson_Creek': 'BC',
  'America/Vancouver': 'BC',
  'America/Whitehorse': 'YT',
}

/** The zones of a state or province of the US or Canada, by its two letters. */
export const zonesOfRegion: ReadonlyMap<string, readonly string[]> = turnedRound()

function turnedRound(): Map<string, string[]> {
  const zones = new Map<string, string[]>()
  for (const [zone, regions] of Object.entries(regionsOfZones))
    for (const region of regions.split(' ')) zones.set(region, [...(zones.get(region) ?? []), zone])
  return zones
}

/** Where a +1 number of an area code that nobody knows may be. With the islands no hour of a summer's day would be left. */
export const contiguousStates: readonly string[] = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Phoenix',
  'America/Los_Angeles',
]

/** Where a number that belongs to no place may be. */
export const unitedStates: readonly string[] = [
  ...contiguousStates,
  'America/Anchorage',
  'America/Adak',
  'Pacific/Honolulu',
]
