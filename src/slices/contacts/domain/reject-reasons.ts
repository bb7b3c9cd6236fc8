/** Why a row of a file, or a number typed by a person, cannot become a contact. Codes are stable; words are for people. */
export const rejectReasons = {
  'phone-missing': 'There is no phone number in this row.',
  'phone-unreadable': 'This is not a phone number.',
  'phone-too-short': 'The phone number has too few digits.',
  'phone-too-long': 'The phone number has too many digits.',
  'phone-not-in-use': 'No network in that country uses this phone number.',
  'phone-extension': 'A text cannot be sent to an extension of a shared line.',
  'phone-damaged-by-spreadsheet':
    'A spreadsheet has rounded this number (like 1.2E+10). Format the column as text and export it again.',
  'country-not-allowed': 'The number belongs to a country that this account does not send to.',
  'number-without-country': 'The number belongs to no country (satellite or international service).',
  'number-premium': 'This is a premium-rate number.',
  'number-toll-free': 'This is a toll-free number.',
  'number-shared-cost': 'This is a shared-cost number.',
  'number-landline': 'This is a landline, which cannot receive texts.',
  'number-voip': 'This is an internet telephone number, which this account does not send to.',
  'number-not-personal':
    'This number is a service (pager, voicemail, company-wide or personal redirect), not a phone.',
  'wrong-column-count':
    'The row has more or fewer columns than the heading, so its values may be in the wrong place.',
  'row-too-large': 'The row is too long to be a contact.',
  'row-not-text': 'The row holds binary data.',
  'row-not-storable': 'The row holds something that cannot be stored.',
  'quote-not-closed': 'A quotation mark is opened in this line and never closed.',
} as const

export type RejectReason = keyof typeof rejectReasons

/** What was odd about a row that became a contact all the same. */
export const rowWarnings = {
  'zone-unknown': 'The time zone is not known, so it was left empty.',
  'email-unreadable': 'The e-mail address is not one, so it was left empty.',
  'consent-word-unknown':
    'The consent column holds a word that is neither yes nor no, so nothing was granted.',
  'consent-not-attested':
    'The row says yes, but nobody has stated for this import what the person agreed to, so nothing was granted.',
  'consent-date-unreadable': 'The consent date cannot be read; it is kept as evidence in the file’s words.',
  'opted-out-kept': 'The person has opted out before, and the row does not prove a later opt-in.',
  'first-number-unusable': 'The preferred phone column could not be used; another one was.',
  'short-row': 'The row has fewer columns than the heading; the missing ones were taken as empty.',
  'value-cut': 'A value was longer than allowed and was cut.',
} as const

export type RowWarning = keyof typeof rowWarnings
