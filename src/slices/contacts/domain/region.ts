import { cleanLine, plainWords } from './text.js'

const unitedStates =
  'Alabama AL,Alaska AK,Arizona AZ,Arkansas AR,California CA,Colorado CO,Connecticut CT,Delaware DE,District of Columbia DC,' +
  'Florida FL,Georgia GA,Hawaii HI,Idaho ID,Illinois IL,Indiana IN,Iowa IA,Kansas KS,Kentucky KY,Louisiana LA,Maine ME,' +
  'Maryland MD,Massachusetts MA,Michigan MI,Minnesota MN,Mississippi MS,Missouri MO,Montana MT,Nebraska NE,Nevada NV,' +
  'New Hampshire NH,New Jersey NJ,New Mexico NM,New York NY,North Carolina NC,North Dakota ND,Ohio OH,Oklahoma OK,Oregon OR,' +
  'Pennsylvania PA,Puerto Rico PR,Rhode Island RI,South Carolina SC,South Dakota SD,Tennessee TN,Texas TX,Utah UT,Vermont VT,' +
  'Virginia VA,Washington WA,West Virginia WV,Wisconsin WI,Wyoming WY'
const canada =
  'Alberta AB,British Columbia BC,Manitoba MB,New Brunswick NB,Newfoundland and Labrador NL,Nova Scotia NS,' +
  'Northwest Territories NT,Nunavut NU,Ontario ON,Prince Edward Island PE,Quebec QC,Saskatchewan SK,Yukon YT'

const codes = new Map<string, string>()
for (const entry of `${unitedStates},${canada}`.split(',')) {
  const code = entry.slice(-2)
  codes.set(plainWords(entry.slice(0, -3)), code)
  codes.set(code.toLowerCase(), code)
}

/** A state or province: the two-letter code in the US and Canada (`Tennessee`, `tn`, `US-TN`), else the text as it is. */
export function regionFromText(text: string): string | null {
  const written = cleanLine(text, 80)
  if (written === '') return null
  const code =
    written.length === 2
      ? codes.get(written.toLowerCase())
      : codes.get(plainWords(written.replace(/^(?:US|CA)-/i, '')))
  return code ?? written
}
