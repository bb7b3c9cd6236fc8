import { registerEnumType } from 'type-graphql'
import type { ColumnField } from '../domain/column-mapping.js'
import type { ConsentLevel, ConsentMethod } from '../domain/consent.js'
import type { Purpose } from '../domain/contact.js'
import type { ImportState } from '../domain/import-state.js'

export const ConsentPurposeEnum = {
  TRANSACTIONAL: 'transactional',
  MARKETING: 'marketing',
} as const satisfies Record<string, Purpose>

registerEnumType(ConsentPurposeEnum, {
  name: 'ConsentPurpose',
  description: 'What texts may be about. Consent is given and withdrawn for each separately.',
  valuesConfig: {
    TRANSACTIONAL: { description: 'Appointments, orders and other things that the person asked for.' },
    MARKETING: { description: 'Anything that promotes something.' },
  },
})

export const ConsentLevelEnum = { EXPRESS: 'express', WRITTEN: 'written' } as const satisfies Record<
  string,
  ConsentLevel
>

registerEnumType(ConsentLevelEnum, {
  name: 'ConsentLevel',
  description: 'How firmly the person agreed.',
  valuesConfig: {
    EXPRESS: { description: 'Agreed, for example by giving the number for this purpose.' },
    WRITTEN: {
      description:
        'Signed or ticked a text that was shown, which marketing in the US needs. The text is kept.',
    },
  },
})

export const ConsentMethodEnum = {
  WEB_FORM: 'web_form',
  KEYWORD: 'keyword',
  VERBAL: 'verbal',
  PAPER: 'paper',
  IMPORT: 'import',
  API: 'api',
  INBOUND_SMS: 'inbound_sms',
  CARRIER: 'carrier_21610',
  ADMIN: 'admin',
} as const satisfies Record<string, ConsentMethod>

registerEnumType(ConsentMethodEnum, {
  name: 'ConsentMethod',
  description: 'The way in which a grant or a revocation came about.',
  valuesConfig: {
    WEB_FORM: { description: 'A form on a web page.' },
    KEYWORD: { description: 'A keyword texted to sign up.' },
    VERBAL: { description: 'Said, in person or on the phone.' },
    PAPER: { description: 'A form on paper.' },
    IMPORT: { description: 'A file that was imported.' },
    API: { description: 'Another system of the account.' },
    INBOUND_SMS: { description: 'A text from the person, such as STOP or START.' },
    CARRIER: { description: 'The carrier reported that the person has opted out.' },
    ADMIN: { description: 'An administrator of the platform.' },
  },
})

/** What people and programs may say; the others only happen. */
export const ConsentMethodInputEnum = {
  WEB_FORM: 'web_form',
  KEYWORD: 'keyword',
  VERBAL: 'verbal',
  PAPER: 'paper',
  API: 'api',
} as const satisfies Record<string, ConsentMethod>
export type ConsentMethodInput = (typeof ConsentMethodInputEnum)[keyof typeof ConsentMethodInputEnum]

registerEnumType(ConsentMethodInputEnum, {
  name: 'ConsentMethodInput',
  description: 'The way in which the person agreed or withdrew, as far as callers can know it.',
  valuesConfig: {
    WEB_FORM: { description: 'A form on a web page.' },
    KEYWORD: { description: 'A keyword texted to sign up.' },
    VERBAL: { description: 'Said, in person or on the phone.' },
    PAPER: { description: 'A form on paper.' },
    API: { description: 'Another system of the account.' },
  },
})

export const ConsentActionEnum = { GRANT: 'grant', REVOKE: 'revoke' } as const

registerEnumType(ConsentActionEnum, {
  name: 'ConsentAction',
  description: 'What a consent event did.',
  valuesConfig: { GRANT: { description: 'Allowed.' }, REVOKE: { description: 'Withdrew.' } },
})

export const ConsentStandingEnum = { GRANTED: 'granted', REVOKED: 'revoked', UNKNOWN: 'unknown' } as const
export type ConsentStanding = (typeof ConsentStandingEnum)[keyof typeof ConsentStandingEnum]

registerEnumType(ConsentStandingEnum, {
  name: 'ConsentStanding',
  description: 'How consent stands now.',
  valuesConfig: {
    GRANTED: { description: 'The newest event granted.' },
    REVOKED: { description: 'The newest event revoked.' },
    UNKNOWN: { description: 'Nothing is on record, so no texts.' },
  },
})

export const ImportStateEnum = {
  UPLOADING: 'uploading',
  UPLOADED: 'uploaded',
  RUNNING: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  UNDOING: 'undoing',
  UNDONE: 'undone',
} as const satisfies Record<string, ImportState>

registerEnumType(ImportStateEnum, {
  name: 'ImportState',
  description: 'Where an import stands.',
  valuesConfig: {
    UPLOADING: { description: 'The file is coming in.' },
    UPLOADED: { description: 'The file is here; nothing has been read yet.' },
    RUNNING: { description: 'Rows are being read. Goes on by itself after any interruption.' },
    COMPLETED: { description: 'Every row has become a contact, part of one, or a reject.' },
    FAILED: {
      description: 'Stopped before the end; `failure` says why. What was read stays until it is undone.',
    },
    UNDOING: { description: 'Is being taken back.' },
    UNDONE: { description: 'Has been taken back.' },
  },
})

export const ImportColumnFieldEnum = {
  PHONE: 'phone',
  FIRST_NAME: 'first-name',
  LAST_NAME: 'last-name',
  FULL_NAME: 'full-name',
  EMAIL: 'email',
  TIME_ZONE: 'zone',
  REGION: 'region',
  COUNTRY: 'country',
  TAGS: 'tags',
  CONSENT: 'consent',
  OPT_OUT: 'opt-out',
  CONSENT_DATE: 'consent-date',
  CONSENT_SOURCE: 'consent-source',
  CONSENT_TEXT: 'consent-text',
  ATTRIBUTE: 'attribute',
  IGNORE: 'ignore',
} as const satisfies Record<string, ColumnField>

registerEnumType(ImportColumnFieldEnum, {
  name: 'ImportColumnField',
  description: 'What a column of a file is used for.',
  valuesConfig: {
    PHONE: {
      description: 'A phone number. Several columns may be; the preferred one that can be used wins.',
    },
    FIRST_NAME: { description: 'First name.' },
    LAST_NAME: { description: 'Last name.' },
    FULL_NAME: { description: 'Whole name; used when there is no first or last name.' },
    EMAIL: { description: 'E-mail address.' },
    TIME_ZONE: { description: 'Time zone, as a place or in the usual American words.' },
    REGION: { description: 'State, province or region.' },
    COUNTRY: { description: 'Country; decides how numbers without one are read.' },
    TAGS: { description: 'Tags, separated by commas, semicolons or bars.' },
    CONSENT: { description: 'Whether the person agreed: yes, no, or a purpose.' },
    OPT_OUT: { description: 'Whether the person has opted out; a no in it is not consent.' },
    CONSENT_DATE: { description: 'When the person agreed.' },
    CONSENT_SOURCE: { description: 'Where the person agreed.' },
    CONSENT_TEXT: { description: 'What the person was shown, word for word.' },
    ATTRIBUTE: { description: 'Kept for merge fields.' },
    IGNORE: { description: 'Left out.' },
  },
})

export const ImportExistingEnum = { UPDATE: 'update', FILL: 'fill' } as const

registerEnumType(ImportExistingEnum, {
  name: 'ImportExisting',
  description: 'What the values of a file do to contacts that are there already. An empty cell never erases.',
  valuesConfig: {
    UPDATE: { description: 'They replace what is known.' },
    FILL: { description: 'They only fill gaps.' },
  },
})

export const DateOrderEnum = { MONTH_FIRST: 'month-first', DAY_FIRST: 'day-first' } as const

registerEnumType(DateOrderEnum, {
  name: 'DateOrder',
  description: 'How dates like 3/4/2026 are meant.',
  valuesConfig: {
    MONTH_FIRST: { description: 'The fourth of March, as in the US.' },
    DAY_FIRST: { description: 'The third of April, as nearly everywhere else.' },
  },
})
