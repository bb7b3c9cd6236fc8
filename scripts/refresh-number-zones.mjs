// Writes src/slices/contacts/domain/number-zones/number-zones.ts from Google's libphonenumber.
//   node scripts/refresh-number-zones.mjs v9.0.43 [FOLDER or URL of its `resources`]
// Afterwards `npm run jest -- zones-for` says which announced area codes the data knows by now.
import fs from 'node:fs/promises'
import path from 'node:path'

const [version, from] = process.argv.slice(2)
if (version === undefined || !/^v\d+\.\d+\.\d+$/.test(version)) {
  process.stderr.write('Which version? For example: node scripts/refresh-number-zones.mjs v9.0.43\n')
  process.exit(1)
}
const base = from ?? `https://raw.githubusercontent.com/google/libphonenumber/${version}/resources`
const LINE_MAX = 110

async function read(name) {
  if (!/^https?:/.test(base)) return fs.readFile(path.join(base, name), 'utf8')
  const response = await fetch(`${base}/${name}`, { signal: AbortSignal.timeout(60_000) })
  if (!response.ok) throw new Error(`${base}/${name}: ${response.status}`)
  return response.text()
}

/** `prefix|value` a line; comments begin with #. */
function rowsOf(text) {
  const lines = text.split('\n').map((line) => line.trim())
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split('|'))
}

/** Without the rows that repeat what a shorter prefix says already. */
function withoutRepeats(rows) {
  const values = new Map(rows)
  return rows.filter(([prefix, value]) => {
    for (let length = prefix.length - 1; length > 0; length -= 1) {
      const above = values.get(prefix.slice(0, length))
      if (above !== undefined) return above !== value
    }
    return true
  })
}

/** Lines of a value and the prefixes that have it. */
function grouped(rows) {
  const groups = new Map()
  for (const [prefix, value] of rows) groups.set(value, [...(groups.get(value) ?? []), prefix])
  return [...groups].flatMap(([value, prefixes]) => {
    const lines = [value]
    for (const prefix of prefixes.sort()) {
      if (lines.at(-1).length + prefix.length >= LINE_MAX && lines.at(-1) !== value) lines.push(value)
      lines[lines.length - 1] += ` ${prefix}`
    }
    return lines
  })
}

const places = {
  'Washington State': 'WA', 'Washington D.C.': 'DC', 'British Colombia': 'BC', 'Nova Scotia/Prince Edward Island': 'NS&PE',
  'Northwest Territories/Nunavut/Yukon': 'NT&NU&YT', Alabama: 'AL', Alaska: 'AK', Arizona: 'AZ', Arkansas: 'AR', California: 'CA',
  Colorado: 'CO', Connecticut: 'CT', Delaware: 'DE', Florida: 'FL', Georgia: 'GA', Hawaii: 'HI', Idaho: 'ID', Illinois: 'IL',
  Indiana: 'IN', Iowa: 'IA', Kansas: 'KS', Kentucky: 'KY', Louisiana: 'LA', Maine: 'ME', Maryland: 'MD', Massachusetts: 'MA',
  Michigan: 'MI', Minnesota: 'MN', Mississippi: 'MS', Missouri: 'MO', Montana: 'MT', Nebraska: 'NE', Nevada: 'NV',
  'New Hampshire': 'NH', 'New Jersey': 'NJ', 'New Mexico': 'NM', 'New York': 'NY', 'North Carolina': 'NC', 'North Dakota': 'ND',
  Ohio: 'OH', Oklahoma: 'OK', Oregon: 'OR', Pennsylvania: 'PA', 'Rhode Island': 'RI', 'South Carolina': 'SC', 'South Dakota': 'SD',
  Tennessee: 'TN', Texas: 'TX', Utah: 'UT', Vermont: 'VT', Virginia: 'VA', 'West Virginia': 'WV', Wisconsin: 'WI', Wyoming: 'WY',
  Alberta: 'AB', 'British Columbia': 'BC', Manitoba: 'MB', 'New Brunswick': 'NB', 'Newfoundland and Labrador': 'NL', Ontario: 'ON',
  Quebec: 'QC', Saskatchewan: 'SK',
} // prettier-ignore

const stateOf = (text) => places[text] ?? /, ([A-Z]{2})$/.exec(text)?.[1] ?? null

/** Area code → states: its own row, else those of the places that have numbers in it. */
function statesOfAreaCodes(rows) {
  const states = new Map()
  const own = new Set()
  for (const [prefix, text] of rows) {
    const state = stateOf(text)
    const area = prefix.slice(0, 4)
    if (prefix.length < 4 || state === null) continue
    if (prefix.length === 4) {
      own.add(area)
      states.set(area, new Set(state.split('&')))
    } else if (!own.has(area)) states.set(area, new Set([...(states.get(area) ?? []), ...state.split('&')]))
  }
  return [...states].map(([area, found]) => [area, [...found].sort().join('&')])
}

const zoneRows = rowsOf(await read('timezones/map_data.txt')).filter(([prefix]) => prefix !== '1')
const placeRows = rowsOf(await read('geocoding/en/1.txt')).sort(([a], [b]) => a.length - b.length)
const zones = grouped(withoutRepeats(zoneRows))
const states = grouped(statesOfAreaCodes(placeRows))
if (zoneRows.length < 2_000 || states.length < 50)
  throw new Error('this is not what libphonenumber looks like')

const target = new URL('../src/slices/contacts/domain/number-zones/number-zones.ts', import.meta.url)
await fs.writeFile(
  target,
  `// Written by scripts/refresh-number-zones.mjs; do not edit. Derived from resources/timezones/map_data.txt and
// resources/geocoding/en/1.txt of google/libphonenumber ${version}, Copyright (C) The Libphonenumber Authors,
// licensed under the Apache License 2.0 (LICENSE.libphonenumber beside this file).

export const NUMBER_ZONES_SOURCE = 'google/libphonenumber ${version}'

/** Zones, and the prefixes (without the plus) of the numbers that are there. The longest prefix decides. */
export const zoneLines = \`
${zones.join('\n')}
\`

/** States and provinces, and the area codes of North America (with the 1) that belong to them. */
export const stateLines = \`
${states.join('\n')}
\`
`,
)
process.stdout.write(`${zones.length} lines of zones, ${states.length} of states\n`)
