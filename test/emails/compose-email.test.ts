import { expect, test } from '@jest/globals'
import { isUsableAddress } from '../../src/slices/emails/domain/why-email.js'
import { composeEmail } from '../../src/slices/emails/smtp/compose-email.js'

const from = 'texts@tollgate.test'
const email = { messageId: '<1@tollgate.test>', to: 'ida@people.test', brandName: 'Acme', text: 'Hello.' }

async function headersOf(given: Partial<typeof email>): Promise<string[]> {
  const raw = (await composeEmail({ ...email, ...given }, from)).toString()
  const [head = ''] = raw.split('\r\n\r\n')
  return head
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((line) => line.slice(0, line.indexOf(':')).toLowerCase())
    .sort()
}

test.each([
  'Acme\r\nBcc: everybody@people.test',
  'Acme\nBcc: everybody@people.test',
  'Acme\rBcc: everybody@people.test',
  'Acme\u2028Bcc: everybody@people.test',
  'Acme" <other@people.test>, "',
  'Acme\0\r\n\r\nA body of its own',
])('a brand name like %j adds no header and no recipient', async (brandName) => {
  const raw = (await composeEmail({ ...email, brandName }, from)).toString()

  expect(await headersOf({ brandName })).toEqual(await headersOf({}))
  expect(raw).toMatch(/^To: ida@people\.test\r$/m)
  expect(raw.split('\r\n\r\n').slice(1).join('').trim()).toBe('Hello.')
})

test('the words of a text stay in the body, whatever they look like', async () => {
  const text = 'Hello\r\n.\r\nBcc: everybody@people.test\r\n\r\nRCPT TO:<x@people.test>'

  expect(await headersOf({ text })).toEqual(await headersOf({}))
})

test.each([
  'ida@people.test\r\nBcc: x@people.test',
  'ida@people.test, x@people.test',
  'Ida <ida@people.test>',
  'ida@people.test>',
  'ida people@people.test',
  '"ida@x"@people.test',
  'ida@localhost',
  `${'i'.repeat(65)}@people.test`,
  '',
])('%j is no address that an e-mail goes to', (address) => {
  expect(isUsableAddress(address)).toBe(false)
})

test.each(['ida@people.test', 'ida.b+texts@mail.people-x.test'])('%j is one', (address) => {
  expect(isUsableAddress(address)).toBe(true)
})
