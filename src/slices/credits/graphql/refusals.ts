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
