import { commonRefusals, type RefusalTable } from '../../../platform/graphql/index.js'
import type { DetailsRefusal } from '../domain/contact-input.js'
import { rejectReasons, type RejectReason } from '../domain/reject-reasons.js'
import type { UploadRefusal } from '../open-upload.js'
import type { UploadResult } from '../upload-import-file.js'

export const notFound = { 'not-found': commonRefusals['not-found'] } as const

const details: RefusalTable<DetailsRefusal> = {
  'zone-unknown': {
    message: 'The time zone is not known.',
    remedy: 'Use a place, for example America/New_York.',
  },
  'email-unreadable': { message: 'This is not an e-mail address.', remedy: 'Correct it or leave it out.' },
  'too-many-attributes': { message: 'A contact has at most 50 merge fields.', remedy: 'Leave some out.' },
}

/** The same words as in reject files. */
const numbers = Object.fromEntries(
  Object.entries(rejectReasons).map(([reason, message]) => [
    reason,
    { message, remedy: 'Use a mobile number of a country that the account sends to, with its country code.' },
  ]),
) as RefusalTable<RejectReason>

export const createContactRefusals = {
  ...numbers,
  ...details,
  'number-taken': {
    message: 'A contact with this number is there already.',
    remedy: 'Change that contact instead.',
  },
} as const

export const updateContactRefusals = { ...notFound, ...details } as const

export const tagContactsRefusals = {
  'too-many-contacts': {
    message: 'At most 1,000 contacts can be tagged at once.',
    remedy: 'Send several requests.',
  },
  'no-tags': { message: 'No tag was given.', remedy: 'Name at least one tag to add or to remove.' },
} as const satisfies RefusalTable<string>

const consentRefusals = {
  'phone-unreadable': {
    message: 'This is not a phone number, or not one without its country code.',
    remedy: 'Begin with + and the country code, like +12125550123.',
  },
  'no-purpose': { message: 'No purpose was given.', remedy: 'Name at least one purpose.' },
  'in-the-future': {
    message: 'The moment lies in the future.',
    remedy: 'Say when it happened, or leave it out for now.',
  },
} as const satisfies RefusalTable<string>

export const revokeConsentRefusals = consentRefusals

export const grantConsentRefusals = {
  ...consentRefusals,
  'text-missing': {
    message: 'Written consent needs the text that the person was shown.',
    remedy: 'Give the text as exactText, or record express consent.',
  },
  'opted-out': {
    message: 'The person has opted out, so they are not asked to confirm by text.',
    remedy: 'Only the person can undo it, by texting START.',
  },
  'cannot-be-texted': {
    message: 'The account asks people to confirm by text, and this number cannot be texted.',
    remedy: 'Use a mobile number of a country that the account sends to.',
  },
} as const

export const clearUnreachableRefusals = {
  ...notFound,
  'not-marked': { message: 'This number is not marked.', remedy: 'There is nothing to do.' },
} as const satisfies RefusalTable<string>

type FileRefusal = UploadRefusal | Exclude<UploadResult, { ok: true }>['reason']

export const importRefusals: RefusalTable<FileRefusal> = {
  ...notFound,
  'upload-incomplete': {
    message: 'The file is still coming in.',
    remedy: 'Wait until the upload has been answered.',
  },
  'already-started': {
    message: 'This import has been started before.',
    remedy: 'Upload the file again for a new import.',
  },
  'too-large': { message: 'The file is larger than allowed.', remedy: 'Split it into several files.' },
  'empty-file': {
    message: 'There is nothing in the file.',
    remedy: 'Export it again and check it before uploading.',
  },
  spreadsheet: {
    message: 'This is a spreadsheet, not a CSV file.',
    remedy: 'Save it as CSV (UTF-8) and upload that.',
  },
  binary: { message: 'This is not a text file.', remedy: 'Upload a CSV file.' },
  'unreadable-header': {
    message: 'The first line never ends.',
    remedy: 'Check the quotation marks in the first line.',
  },
  'no-phone-column': {
    message: 'No column holds phone numbers.',
    remedy: 'Name the column with the field PHONE.',
  },
  'too-many-columns': {
    message: 'The file has more than 500 columns.',
    remedy: 'Leave out columns that are not needed.',
  },
  'unknown-column': {
    message: 'A column that was named is not in the file.',
    remedy: 'Use a heading of the file, or #1, #2, …',
  },
  'unknown-country': {
    message: 'One of the countries is not known.',
    remedy: 'Use two-letter codes like US, CA or GB.',
  },
  'attestation-incomplete': {
    message: 'The attestation names no purpose or says nothing.',
    remedy: 'Say for which purposes and how these people agreed, or leave the attestation out.',
  },
}

export const undoImportRefusals = {
  ...notFound,
  'not-started': { message: 'This import has not been started.', remedy: 'There is nothing to take back.' },
  'already-undone': { message: 'This import has been taken back already.', remedy: 'Nothing is left to do.' },
} as const
