import { commonRefusals, type RefusalTable } from '../../../platform/graphql/index.js'

export const notFound = { 'not-found': commonRefusals['not-found'] } as const

const passwordRefusals = {
  'password-too-short': {
    message: 'The password is shorter than 12 characters.',
    remedy: 'Choose at least 12 characters; several words are easy to remember.',
  },
  'password-too-common': {
    message: 'The password is one of the first that anybody would try.',
    remedy: 'Choose one that repeats less and does not consist of the e-mail address.',
  },
} as const

const tooManyPasswords = {
  'too-many-passwords': {
    message: 'Too many passwords are being worked on at the moment.',
    remedy: 'Try again in a minute.',
  },
} as const

const wrongCredentials = {
  'wrong-credentials': {
    message: 'E-mail address and password do not belong together.',
    remedy: 'Check both and try again.',
  },
} as const

export const signInRefusals = {
  ...wrongCredentials,
  'too-many-attempts': {
    message: 'There were too many attempts to sign in.',
    remedy: 'Wait 15 minutes, then try again.',
  },
} as const satisfies RefusalTable<string>

export const changePasswordRefusals = {
  ...wrongCredentials,
  ...passwordRefusals,
  ...tooManyPasswords,
  'too-many-attempts': {
    message: 'There were too many attempts to change the password.',
    remedy: 'Wait 15 minutes, then try again.',
  },
} as const

export const newPersonRefusals = {
  ...passwordRefusals,
  ...tooManyPasswords,
  'email-taken': {
    message: 'Somebody with this e-mail address is registered already.',
    remedy: 'Ask an administrator of the platform to join this person to the account.',
  },
} as const

export const membershipRefusals = {
  ...notFound,
  'last-owner': {
    message: 'This is the last owner of the account.',
    remedy: 'Make another member an owner first.',
  },
} as const

export const linkMemberRefusals = {
  ...notFound,
  'already-member': { message: 'This person is a member already.', remedy: 'Change the role instead.' },
  'password-not-own': {
    message: 'This person still has the password that somebody else chose for them.',
    remedy: 'Ask them to sign in and change it first.',
  },
} as const

export const createApiKeyRefusals = {
  'expiry-out-of-range': {
    message: 'The expiry is in the past or more than ten years away.',
    remedy: 'Choose a moment within the next ten years, or none.',
  },
  'too-many-keys': {
    message: 'The account has 100 usable API keys.',
    remedy: 'Revoke keys that are not used.',
  },
} as const

export const partnerKeyRefusals = {
  ...notFound,
  'runs-anything': {
    message: 'This key may run any operation, so that a list of operations would protect nobody.',
    remedy: 'Make a key with `operationsOnly` for the partner, and revoke this one.',
  },
} as const

export const registerRefusals = {
  ...partnerKeyRefusals,
  'unusable-document': {
    message: 'One of the documents is no named operation that this API answers.',
    remedy: 'Check it against the schema; each document has one operation with a name.',
  },
  'too-many-operations': {
    message: 'A key has 500 operations at most.',
    remedy: 'Take operations away that the partner does not use.',
  },
} as const

export const accountSettingsRefusals = {
  ...notFound,
  'bad-country': {
    message: 'One of the countries is no two-letter code.',
    remedy: 'Use codes like US, CA or GB.',
  },
  'bad-reserve': {
    message: 'The reserve is not a number of credits from 0 to 1,000,000,000.',
    remedy: 'Give a whole number of credits.',
  },
  'fence-not-proved': {
    message: 'Nobody has shown yet that the carrier refuses late requests, which policy P1 rests on.',
    remedy: 'Have the operator run `npm run doctor`; it proves the fence without sending a text.',
  },
} as const

export const textRateRefusals = {
  ...notFound,
  'rate-out-of-range': {
    message: 'The rate is out of range.',
    remedy: 'Use 1 to 1,000,000 texts per hour, or none for no limit.',
  },
} as const
