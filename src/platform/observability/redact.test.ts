import { expect, test } from '@jest/globals'
import { createLogger } from './logger.js'
import { errorForLog, redactText } from './redact.js'

test.each([
  ['+14155550123', '…'],
  ['call (415) 555-0123 now', 'call … now'],
  ['0044 20 7946 0018', '…'],
  ['mail ada@acme.example please', 'mail …@… please'],
  ['tg_live_ab12cd34_secretsecret', 'tg_live_…'],
  ['tg_ses_abc-DEF', 'tg_ses_…'],
  ['Authorization: Bearer abc.def', 'Authorization: Bearer …'],
  ['postgres://user:pass@host/db', 'postgres://…@host/db'],
])('%s is logged as %s', (text, logged) => {
  expect(redactText(text)).toBe(logged)
})

test.each(['018f4e2a-1b2c-7d3e-8f90-123456789012', 'took 1234 ms', 'seq 123456', 'messages.pump.failed'])(
  '%s stays',
  (text) => {
    expect(redactText(text)).toBe(text)
  },
)

test('an error gives its type, message and code, and none of what a driver hangs onto it', () => {
  const error = Object.assign(new TypeError('duplicate (+14155550123)'), {
    code: '23505',
    detail: 'Key (phone)=(+14155550123) already exists.',
    parameters: ['secret body'],
  })

  const logged = JSON.stringify(errorForLog(error))

  expect(logged).toContain('23505')
  expect(logged).not.toMatch(/4155550123|secret body|already exists/)
})

test('a line carries what the list allows and nothing else', () => {
  const lines: string[] = []
  const logger = createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } })
  const fields = {
    messageId: 'm1',
    count: 3,
    body: 'Hello Ada',
    to: '+14155550123',
    reason: { deep: 'Hello Ada' },
  }

  logger.child({ accountId: 'a1' }).info(fields as never, 'message.sent')

  expect(JSON.parse(lines[0] ?? '')).toEqual({
    level: 'info',
    time: expect.any(String),
    accountId: 'a1',
    messageId: 'm1',
    count: 3,
    to: '…',
    reason: '[dropped]',
    event: 'message.sent',
  })
})
