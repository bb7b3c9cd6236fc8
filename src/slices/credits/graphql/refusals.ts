import { commonRefusals, type RefusalTable } from '../../../platform/graphql/index.js'

const corrections = {
  ...commonRefusals,
  'reason-missing': {
    message: 'A correction of credits needs a reason.',
    remedy: 'Say why; the reason stays in the ledger.',
  },
  'credits-out-of-range': {
    message: 'This number of credits is not possible here.',
    remedy: 'Give a whole number between 1 and 1,000,000,000, and no more than the lot has left.',
  },
} as const

const keyUsed = {
  message: 'This key has made another correction.',
  remedy: 'Use a new idempotency key for a new correction.',
} as const

export const grantRefusals = {
  ...corrections,
  'origin-reused': keyUsed,
  'priority-out-of-range': {
    message: 'The priority of a lot is a number from 0 to 100.',
    remedy: 'Give 0 for what is spent first, 100 for what is spent last, or leave it out.',
  },
} as const satisfies RefusalTable<string>

export const adjustRefusals = {
  ...corrections,
  'key-reused': keyUsed,
  'insufficient-credits': {
    message: 'The account does not have so many credits available.',
    remedy: 'Take fewer, or take back the lot that they came from: what is spent of it becomes a debt.',
  },
} as const satisfies RefusalTable<string>

export const rollBackRefusals = {
  ...corrections,
  'key-reused': keyUsed,
  'lot-not-found': { message: 'There is no such lot.', remedy: 'Look at the lots of the account.' },
  'nothing-left': {
    message: 'The whole lot has been taken back already.',
    remedy: 'There is nothing to do.',
  },
} as const satisfies RefusalTable<string>

export const refundRefusals = {
  ...commonRefusals,
  'reason-missing': corrections['reason-missing'],
  'nothing-spent': {
    message: 'Nothing is spent on this message, or it was refunded already.',
    remedy: 'Look at what the message cost with messageCosts.',
  },
} as const satisfies RefusalTable<string>

export const priceBookRefusals = {
  'no-prices': { message: 'A price book has between 1 and 300 prices.', remedy: 'Give all prices.' },
  'country-invalid': {
    message: 'A country is two capital letters, for example US.',
    remedy: 'Correct the country codes.',
  },
  'country-twice': { message: 'A country has two prices.', remedy: 'Give one price for each country.' },
  'price-out-of-range': {
    message: 'A price is a whole number of credits from 1 to 10,000.',
    remedy: 'Correct the prices.',
  },
  'effective-in-the-past': {
    message: 'Prices cannot change for a time that has passed.',
    remedy: 'Choose a moment to come, or leave it out for now.',
  },
  'effective-before-latest': {
    message: 'The latest version begins later than this one would.',
    remedy: 'Choose the moment of the latest version or a later one.',
  },
  'version-outdated': {
    message: 'Another version has been published since.',
    remedy: 'Look at the price books again and publish after the latest one.',
  },
} as const satisfies RefusalTable<string>
