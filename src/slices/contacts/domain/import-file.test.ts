import { expect, test } from '@jest/globals'
import { mapColumns } from './column-mapping.js'
import { csvLine, neutraliseFormula, restoreNeutralised } from './csv-cell.js'
import { guessDialect } from './csv-dialect.js'
import { createTextReader, createUtf8Check, detectEncoding } from './text-encoding.js'

const limits = { recordCharactersMax: 10_000, recordLinesMax: 50 }
const isPhone = (cell: string): boolean => /^\+?[\d ().-]{10,}$/.test(cell)

function fields(headers: string[]): Record<string, string> {
  const result = mapColumns(headers, [], isPhone)
  if (!result.ok) throw new Error(result.reason)
  return Object.fromEntries(
    result.mapping.columns.map((column) => [column.header, column.attribute ?? column.field]),
  )
}

test('knows HubSpot’s headings, and keeps the others as merge fields', () => {
  expect(
    fields(['Record ID', 'First Name', 'Last Name', 'Phone Number', 'Mobile Phone Number', 'Email', 'City', 'State/Region', 'Country/Region', 'Time Zone', 'SMS Consent', 'Consent Date', 'Consent Source', 'Tags']),
  ).toEqual({
    'Record ID': 'record_id', 'First Name': 'first-name', 'Last Name': 'last-name', 'Phone Number': 'phone', 'Mobile Phone Number': 'phone', Email: 'email',
    City: 'city', 'State/Region': 'region', 'Country/Region': 'country', 'Time Zone': 'zone', 'SMS Consent': 'consent', 'Consent Date': 'consent-date',
    'Consent Source': 'consent-source', Tags: 'tags',
  }) // prettier-ignore
})

test('knows Salesforce’s headings, and takes no e-mail permission for one about texts', () => {
  expect(fields(['FirstName', 'LastName', 'MobilePhone', 'Phone', 'MailingState', 'HasOptedOutOfEmail', 'HasOptedOutOfSms'])).toEqual({
    FirstName: 'first-name', LastName: 'last-name', MobilePhone: 'phone', Phone: 'phone', MailingState: 'region',
    HasOptedOutOfEmail: 'has_opted_out_of_email', HasOptedOutOfSms: 'opt-out',
  }) // prettier-ignore
})

test('knows Mailchimp’s headings', () => {
  expect(fields(['Email Address', 'First Name', 'Last Name', 'SMS Phone Number', 'SMS Marketing Status', 'MEMBER_RATING', 'OPTIN_TIME', 'TAGS'])).toEqual({
    'Email Address': 'email', 'First Name': 'first-name', 'Last Name': 'last-name', 'SMS Phone Number': 'phone', 'SMS Marketing Status': 'consent',
    MEMBER_RATING: 'member_rating', OPTIN_TIME: 'consent-date', TAGS: 'tags',
  }) // prettier-ignore
})

test('knows Google’s headings', () => {
  expect(fields(['Name', 'Given Name', 'Family Name', 'Group Membership', 'E-mail 1 - Value', 'Phone 1 - Type', 'Phone 1 - Value'])).toEqual({
    Name: 'full-name', 'Given Name': 'first-name', 'Family Name': 'last-name', 'Group Membership': 'tags', 'E-mail 1 - Value': 'email',
    'Phone 1 - Type': 'phone_1_type', 'Phone 1 - Value': 'phone',
  }) // prettier-ignore
})

test('prefers the mobile column', () => {
  const result = mapColumns(['Phone', 'Mobile'], [], isPhone)

  const phones = result.ok ? result.mapping.columns.filter((column) => column.field === 'phone') : []
  expect(phones.sort((a, b) => a.preference - b.preference).map((column) => column.header)).toEqual([
    'Mobile',
    'Phone',
  ])
})

test('a first line with a number and no known heading is a contact', () => {
  expect(mapColumns(['Ana', '212 555 0123'], [], isPhone)).toMatchObject({
    ok: true,
    mapping: {
      hasHeader: false,
      columns: [
        { header: '#1', field: 'attribute', attribute: '1' },
        { header: '#2', field: 'phone' },
      ],
    },
  })
})

test('the person’s own choice wins over the guess', () => {
  const result = mapColumns(
    ['Phone', 'Nr', 'City'],
    [
      { column: 'nr', field: 'phone' },
      { column: 'City', field: 'ignore' },
    ],
    isPhone,
  )

  expect(result.ok && result.mapping.columns.map((column) => column.field)).toEqual([
    'attribute',
    'phone',
    'ignore',
  ])
})

test('refuses a file without a phone column, with absurdly many columns, and a choice for a column that is not there', () => {
  expect(mapColumns(['City', 'Email'], [], isPhone)).toEqual({ ok: false, reason: 'no-phone-column' })
  expect(
    mapColumns(
      Array.from({ length: 10_000 }, () => 'phone'),
      [],
      isPhone,
    ),
  ).toEqual({ ok: false, reason: 'too-many-columns' })
  expect(mapColumns(['Phone'], [{ column: 'Nr', field: 'phone' }], isPhone)).toEqual({
    ok: false,
    reason: 'unknown-column',
    column: 'Nr',
  })
})

test('merge fields get names of their own, however alike the headings are', () => {
  expect(Object.values(fields(['phone', 'City', 'city', 'CITY!', '', '城市']))).toEqual([
    'phone',
    'city',
    'city_2',
    'city_3',
    'column_5',
    'column_6',
  ])
})

test.each([
  ['a,b,c\n1,2,3\n', ','],
  ['a;b;c\n"x, y";2;3\n1,5;2;3\n', ';'],
  ['a\tb\n1\t2\n', '\t'],
  ['a|b\n1|2\n', '|'],
  ['phone\n2125550123\n', ','],
  ['a,b\n"multi;\nline;",2', ','],
])('finds the delimiter of %j', (sample, delimiter) => {
  expect(guessDialect(sample, limits).delimiter).toBe(delimiter)
})

test('a file of an old Mac ends its lines with CR', () => {
  expect(guessDialect('a,b\r1,2\r', limits).newline).toBe('\r')
})

test.each([
  ['utf-8', Buffer.from('phone,name\n1,Zoë\n')],
  ['utf-16le', Buffer.from('phone,name\n1,Zoë\n', 'utf16le')],
  ['utf-16be', Buffer.from('phone,name\n1,Zoë\n', 'utf16le').swap16()],
  ['windows-1252', Buffer.from('phone,name\n1,Zo\xeb\n', 'latin1')],
] as const)('recognises and reads %s, also cut in the middle of a character', (encoding, bytes) => {
  const check = createUtf8Check()
  check.read(bytes)
  const reader = createTextReader(encoding)

  expect(detectEncoding(bytes, check.isUtf8())).toEqual({ kind: 'text', encoding })
  expect([...bytes].map((byte) => reader.read(Uint8Array.of(byte))).join('') + reader.end()).toBe(
    'phone,name\n1,Zoë\n',
  )
})

test('reads the typographic characters of Windows', () => {
  expect(createTextReader('windows-1252').read(Uint8Array.of(0x93, 0x80, 0x92, 0x94))).toBe('“€’”')
})

test('a workbook and other binary files are not taken for text', () => {
  expect(detectEncoding(Buffer.from('PK\u0003\u0004rest'), true)).toEqual({ kind: 'spreadsheet' })
  expect(
    detectEncoding(Buffer.from(Array.from({ length: 4_000 }, (_, index) => (index * 7) % 32)), false),
  ).toEqual({ kind: 'binary' })
})

test.each(['=1+1', '+12025550123', '-2', '@SUM(A1)', '\tx', '\rx'])(
  '%j cannot run as a formula, and comes back as it was',
  (cell) => {
    expect(neutraliseFormula(cell)).toBe(`'${cell}`)
    expect(restoreNeutralised(neutraliseFormula(cell))).toBe(cell)
  },
)

test('a line of CSV quotes what must be quoted', () => {
  expect(csvLine(['a', 'b"c', 'd,e', '=1', 'f\ng'])).toBe('a,"b""c","d,e",\'=1,"f\ng"\r\n')
})
