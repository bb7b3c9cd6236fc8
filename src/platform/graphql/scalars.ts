import { GraphQLScalarType, Kind, type ValueNode } from 'graphql'
import { DateTime } from 'luxon'
import { badUserInput } from './request-errors.js'

function textScalar<Value>(
  name: string,
  description: string,
  parse: (text: string) => Value,
  serialize: (value: unknown) => string = String,
): GraphQLScalarType<Value, string> {
  const read = (value: unknown): Value => {
    if (typeof value !== 'string') throw badUserInput(`${name} must be a string.`)
    return parse(value)
  }
  return new GraphQLScalarType<Value, string>({
    name,
    description,
    serialize,
    parseValue: read,
    parseLiteral: (node: ValueNode) => read(node.kind === Kind.STRING ? node.value : null),
  })
}

function wholeNumberScalar(
  name: string,
  description: string,
  min: number,
): GraphQLScalarType<number, number> {
  const check = (value: unknown): number => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min) {
      throw badUserInput(
        `${name} must be a whole number from ${String(min)} to ${String(Number.MAX_SAFE_INTEGER)}.`,
      )
    }
    return value
  }
  return new GraphQLScalarType<number, number>({
    name,
    description,
    serialize: (value) =>
      check(typeof value === 'bigint' || typeof value === 'string' ? Number(value) : value),
    parseValue: check,
    parseLiteral: (node: ValueNode) => check(node.kind === Kind.INT ? Number(node.value) : null),
  })
}

function instantText(value: unknown): string {
  const instant = value instanceof Date ? DateTime.fromJSDate(value) : value
  const text = DateTime.isDateTime(instant) ? instant.toUTC().toISO() : null
  if (text === null) throw new TypeError('not an instant')
  return text
}

/** A moment. Resolvers give a Luxon DateTime or a Date and receive a Luxon DateTime in UTC. */
export const Instant = textScalar<DateTime<true>>(
  'DateTime',
  'A moment as ISO 8601 text with an offset, for example `2026-03-01T09:30:00.000Z`. Answers are always in UTC.',
  (text) => {
    const instant = DateTime.fromISO(text, { setZone: true })
    const hasOffset = /T.*(Z|[+-]\d{2}(:?\d{2})?)$/i.test(text)
    if (!instant.isValid || !hasOffset || instant.year < 1970 || instant.year > 9999) {
      throw badUserInput('DateTime must be ISO 8601 with an offset, for example 2026-03-01T09:30:00Z.')
    }
    return instant.toUTC()
  },
  instantText,
)

/** Lower-cased, so that one person has one spelling. */
export const EmailAddress = textScalar(
  'EmailAddress',
  'An e-mail address of at most 254 characters. Upper and lower case are the same.',
  (text) => {
    const email = text.trim().toLowerCase()
    if (email.length > 254 || !/^[^\s@\p{Cc}]{1,64}@[^\s@\p{Cc}]+\.[^\s@.\p{Cc}]+$/u.test(email)) {
      throw badUserInput('EmailAddress must look like name@example.com.')
    }
    return email
  },
)

export const ShortText = textScalar(
  'ShortText',
  'One line of 1 to 200 characters; outer spaces are removed.',
  (text) => {
    const trimmed = text.trim()
    if (trimmed.length < 1 || trimmed.length > 200 || /\p{Cc}/u.test(trimmed)) {
      throw badUserInput('ShortText must be one line of 1 to 200 characters.')
    }
    return trimmed
  },
)

export const Password = textScalar(
  'Password',
  'A password of 1 to 200 characters. Only ever an input.',
  (text) => {
    if (text.length < 1 || text.length > 200) throw badUserInput('Password must have 1 to 200 characters.')
    return text
  },
  () => {
    throw new TypeError('a password is never an answer')
  },
)

export const IdempotencyKey = textScalar(
  'IdempotencyKey',
  'Chosen by the caller, 8 to 128 letters, digits and any of `-_.:`. Repeating a request with the same key and the same input answers the first result again and changes nothing.',
  (text) => {
    if (!/^[A-Za-z0-9._:-]{8,128}$/.test(text)) {
      throw badUserInput('IdempotencyKey must have 8 to 128 characters of A-Z a-z 0-9 - _ . :')
    }
    return text
  },
)

export const Credits = wholeNumberScalar(
  'Credits',
  'A whole number of credits, never negative. Larger than Int allows, exact up to 9007199254740991.',
  0,
)

export const SignedCredits = wholeNumberScalar(
  'SignedCredits',
  'A whole number of credits, negative for what is taken away. Larger than Int allows, exact up to ±9007199254740991.',
  Number.MIN_SAFE_INTEGER,
)

export const EventSeq = wholeNumberScalar(
  'EventSeq',
  'Place of an event in its account, counted from 1 without gaps. Give the last one you saw as `afterSeq` to go on from there.',
  0,
)
