import { expect, test } from '@jest/globals'
import { loadConfig } from './config.js'

const needed = {
  DATABASE_URL: 'postgres://127.0.0.1/none',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'token',
  TWILIO_FROM: '+15005550006',
}

test.each([
  [{}, true],
  [{ NODE_ENV: 'production' }, false],
  [{ NODE_ENV: 'production', GRAPHQL_INTROSPECTION: 'on' }, true],
  [{ GRAPHQL_INTROSPECTION: 'off' }, false],
])('with %j the schema can be read from the server: %j', (given, introspection) => {
  expect(loadConfig({ ...needed, ...given }).introspection).toBe(introspection)
})

test('nobody is believed about where requests come from, unless told how many proxies there are', () => {
  expect(loadConfig(needed).trustedProxies).toBe(0)
  expect(loadConfig({ ...needed, TRUSTED_PROXIES: '' }).trustedProxies).toBe(0)
  expect(loadConfig({ ...needed, TRUSTED_PROXIES: '2' }).trustedProxies).toBe(2)
  for (const wrong of ['-1', '1.5', 'true'])
    expect(() => loadConfig({ ...needed, TRUSTED_PROXIES: wrong })).toThrow(/TRUSTED_PROXIES/)
})

test('an unusable environment is refused with every problem named', () => {
  expect(() => loadConfig({ GRAPHQL_INTROSPECTION: 'perhaps', PORT: 'x' })).toThrow(
    /GRAPHQL_INTROSPECTION[\s\S]*PORT/,
  )
  expect(() => loadConfig({})).toThrow(/DATABASE_URL is missing[\s\S]*TWILIO_AUTH_TOKEN is missing/)
})

test('a mail server and a sender address are given together or not at all', () => {
  const url = 'smtps://user:hush@mail.example.com:465'
  const from = 'texts@example.com'
  expect(loadConfig(needed).email).toBeNull()
  expect(loadConfig({ ...needed, SMTP_URL: url, SMTP_FROM: from }).email).toEqual({ url, from })
  expect(() => loadConfig({ ...needed, SMTP_URL: url })).toThrow(/both or none/)
  expect(() => loadConfig({ ...needed, SMTP_FROM: from })).toThrow(/both or none/)
})

test.each(['mail.example.com', 'https://user:hush@mail.example.com', 'smtp://'])(
  '%s is no mail server, and is not repeated in the complaint',
  (url) => {
    const load = () => loadConfig({ ...needed, SMTP_URL: url, SMTP_FROM: 'texts@example.com' })
    expect(load).toThrow(/SMTP_URL is no address/)
    expect(load).not.toThrow(/hush/)
  },
)

test.each(['nobody', 'a@b@c', 'a@b.example\r\nBcc: c@d.example'])('%j is no sender address', (from) => {
  expect(() => loadConfig({ ...needed, SMTP_URL: 'smtp://mail.example.com', SMTP_FROM: from })).toThrow(
    /SMTP_FROM is no e-mail address/,
  )
})

test('an address that callbacks could not be sent to is refused when the program starts', () => {
  const address = (PUBLIC_BASE_URL: string) => loadConfig({ ...needed, PUBLIC_BASE_URL }).publicBaseUrl
  expect(address('https://sms.example.com/')).toBe('https://sms.example.com')
  expect(address(' http://127.0.0.1:4000/tollgate ')).toBe('http://127.0.0.1:4000/tollgate')
  for (const wrong of [
    'sms.example.com',
    'sms.example.com:443',
    'ftp://sms.example.com',
    'https://',
    'https://a.example?b=c',
  ])
    expect(() => address(wrong)).toThrow(/PUBLIC_BASE_URL: needs an address/)
  expect(() => loadConfig({ ...needed, STRIPE_API_BASE_URL: 'localhost:12111' })).toThrow(
    /STRIPE_API_BASE_URL/,
  )
})

test('what is set and empty has its default, as with every variable', () => {
  expect(
    loadConfig({ ...needed, PORT: '', HOST: '', ROLE: '', LOG_LEVEL: '', SEND_BATCH_SIZE: '' }),
  ).toMatchObject({
    port: 4000,
    host: '0.0.0.0',
    role: 'all',
    logLevel: 'info',
    protocol: { batchSize: 1_000 },
  })
  expect(loadConfig({ ...needed, PORT: '0' }).port).toBe(0)
})

test('an OAuth client and its secret are given together or not at all', () => {
  const TWILIO_OAUTH_CLIENT_ID = 'OQ1'
  const TWILIO_OAUTH_CLIENT_SECRET = 'hush'
  expect(loadConfig({ ...needed, TWILIO_OAUTH_CLIENT_ID: '' }).carrier.oauth).toBeNull()
  expect(loadConfig({ ...needed, TWILIO_OAUTH_CLIENT_ID, TWILIO_OAUTH_CLIENT_SECRET }).carrier.oauth).toEqual(
    {
      clientId: 'OQ1',
      clientSecret: 'hush',
    },
  )
  expect(() => loadConfig({ ...needed, TWILIO_OAUTH_CLIENT_ID })).toThrow(/both or none/)
  expect(() => loadConfig({ ...needed, TWILIO_OAUTH_CLIENT_SECRET })).toThrow(/both or none/)
  expect(() => loadConfig({ ...needed, TWILIO_OAUTH_CLIENT_SECRET })).not.toThrow(/hush/)
})
