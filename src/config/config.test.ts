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

test('an unusable environment is refused with every problem named', () => {
  expect(() => loadConfig({ GRAPHQL_INTROSPECTION: 'perhaps', PORT: 'x' })).toThrow(
    /GRAPHQL_INTROSPECTION[\s\S]*PORT/,
  )
  expect(() => loadConfig({})).toThrow(/DATABASE_URL is missing[\s\S]*TWILIO_AUTH_TOKEN is missing/)
})
