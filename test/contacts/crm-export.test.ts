import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { AccountId } from '../../src/kernel/ids.js'
import { countsAddUp, exportRejects, type ContactImport } from '../../src/slices/contacts/index.js'
import { createTestDatabase } from '../support/database.js'
import {
  contactsRig,
  exampleFile,
  importFile,
  marketingAttestation,
  openAccount,
  rows,
  type ContactsRig,
} from './support.js'

let rig: ContactsRig
let accountId: AccountId
let imported: ContactImport

beforeAll(async () => {
  rig = contactsRig(await createTestDatabase())
  accountId = await openAccount(rig)
  imported = await importFile(rig, accountId, await exampleFile('contacts-crm-export.csv'), {
    attestation: marketingAttestation,
    tags: ['crm'],
  })
})

afterAll(() => rig.database.drop())

test('every line of the export ends as a contact, folded into one, or as a reject with a reason', () => {
  expect(imported.state).toBe('completed')
  expect(imported.counts).toMatchInlineSnapshot(`
   {
     "created": 1295,
     "duplicates": 84,
     "rejected": 103,
     "rowsRead": 1482,
     "unchanged": 0,
     "updated": 0,
   }
  `)
  expect(countsAddUp(imported.counts)).toBe(true)
})

test('rejects say why', () => {
  expect(imported.reasons).toMatchInlineSnapshot(`
   {
     "number-premium": 12,
     "number-without-country": 8,
     "phone-extension": 10,
     "phone-missing": 31,
     "phone-not-in-use": 21,
     "phone-too-short": 8,
     "phone-unreadable": 11,
     "wrong-column-count": 2,
   }
  `)
})

test('rows that became contacts with a remark are counted by remark', () => {
  expect(imported.warnings).toMatchInlineSnapshot(`{}`)
})

test('consents follow the words of the file', async () => {
  const consents = await rows(
    rig,
    `select s.purpose, s.granted, count(*)::int as people, count(e.exact_text)::int as with_text, min(e.occurred_at) as first
     from consent s join consent_event e on e.id = s.event_id where s.account_id = $1 group by 1, 2 order by 1, 2`,
    [accountId],
  )

  expect(consents).toMatchInlineSnapshot(`
   [
     {
       "first": 2026-05-01T12:00:00.000Z,
       "granted": false,
       "people": 297,
       "purpose": "marketing",
       "with_text": 0,
     },
     {
       "first": 2026-03-01T00:00:00.000Z,
       "granted": true,
       "people": 776,
       "purpose": "marketing",
       "with_text": 776,
     },
     {
       "first": 2026-05-01T12:00:00.000Z,
       "granted": false,
       "people": 297,
       "purpose": "transactional",
       "with_text": 0,
     },
   ]
  `)
})

test('zones are places', async () => {
  const zones = await rows(
    rig,
    'select zone, zone_source, count(*)::int as people from contact where account_id = $1 group by 1, 2 order by 1',
    [accountId],
  )

  expect(zones).toMatchInlineSnapshot(`
   [
     {
       "people": 309,
       "zone": "America/Chicago",
       "zone_source": "import",
     },
     {
       "people": 165,
       "zone": "America/Los_Angeles",
       "zone_source": "import",
     },
     {
       "people": 331,
       "zone": "America/New_York",
       "zone_source": "import",
     },
     {
       "people": 490,
       "zone": null,
       "zone_source": null,
     },
   ]
  `)
})

test('a contact has everything its row said', async () => {
  const contact = await rows(
    rig,
    `select phone, country, number_type, first_name, last_name, email, zone, region, tags, attributes, import_line
     from contact where account_id = $1 and phone = '+15015550177'`,
    [accountId],
  )

  expect(contact).toMatchInlineSnapshot(`
   [
     {
       "attributes": {
         "city": "Little Rock",
         "notes": "=HYPERLINK("http://example.test","click")",
         "record_id": "1197",
       },
       "country": "US",
       "email": "197@example.test",
       "first_name": "Ana",
       "import_line": 5,
       "last_name": "Haddad",
       "number_type": "fixed-line-or-mobile",
       "phone": "+15015550177",
       "region": "AR",
       "tags": [
         "crm",
         "newsletter",
       ],
       "zone": null,
     },
   ]
  `)
})

test('a folded row names the line that it became part of', async () => {
  const wrong = await rows(
    rig,
    `select n.line, n.into_line from import_row_note n
     where n.import_id = $1 and n.code = 'folded' and not exists (
       select from contact c where c.account_id = $2 and c.import_line = n.into_line and n.into_line < n.line)`,
    [imported.id, accountId],
  )
  const folded = await rows<{ count: number }>(
    rig,
    "select count(*)::int from import_row_note where import_id = $1 and code = 'folded'",
    [imported.id],
  )

  expect(wrong).toEqual([])
  expect(folded[0]?.count).toBe(imported.counts.duplicates)
})

test('no reject can run as a formula in a spreadsheet', async () => {
  const file = await exportRejects(rig.db, accountId, imported.id)

  let text = ''
  for await (const piece of file ?? []) text += piece
  expect(text.split('\r\n').slice(0, 6)).toMatchInlineSnapshot(`
   [
     "﻿Rejected line,Rejected because,Rejected code,Record ID,First Name,Last Name,Phone Number,Mobile Phone Number,Email,City,State/Region,Country/Region,Time Zone,SMS Consent,Consent Date,Consent Source,Tags,Notes",
     "14,No network in that country uses this phone number.,phone-not-in-use,1903,🌟 Star,de la Cruz,,'+44 7700 900155,903@example.test,Columbia,SC,United States,America/Chicago,Y,3/14/2026,import,,",
     "35,There is no phone number in this row.,phone-missing,1635,Chloé,Łęcki,,N/A,635@example.test,Phoenix,AZ,United States,US/Pacific,unsubscribed,,import,spring-sale,VIP",
     "46,A text cannot be sent to an extension of a shared line.,phone-extension,1589,Liam,Müller,,1 410 555 0191 ext. 12,589@example.test,Baltimore,MD,United States,CST,yes,3/27/2026,paper,newsletter,",
     "97,There is no phone number in this row.,phone-missing,1802,Łukasz,Smith,,N/A,802@example.test,Pensacola,FL,USA,CST,1,3/21/2026,paper,newsletter,VIP",
     "110,There is no phone number in this row.,phone-missing,1936,Björn,St. James,,N/A,936@example.test,Minneapolis,MN,United States,America/New_York,Yes,3/22/2026,import,vip;spring-sale,",
   ]
  `)
  expect(text).not.toMatch(/(?:^|[,\n"])[=+@-]/m)
})
