import { commonRefusals, type RefusalTable } from '../../../platform/graphql/index.js'
import type { UpdateSettingsResult } from '../inbox-settings.js'
import type { ReplyRefusal } from '../reply-to-conversation.js'

export const conversationRefusals = {
  'not-found': commonRefusals['not-found'],
  'not-a-member': {
    message: 'This person is no member of the account.',
    remedy: 'Choose a member, or add the person first.',
  },
} as const satisfies RefusalTable<string>

export const replyRefusals: RefusalTable<ReplyRefusal | 'idempotency-key-reused'> = {
  ...commonRefusals,
  'body-empty': { message: 'The reply is empty.', remedy: 'Write something.' },
  'body-too-long': {
    message: 'The reply is longer than the carrier takes.',
    remedy: 'Use at most 1,600 characters.',
  },
  'opted-out': {
    message: 'The person has opted out, so nothing can be sent, not even an answer.',
    remedy: 'Call instead. Only the person can undo it, by texting START.',
  },
  'no-consent': {
    message: 'The person has agreed to nothing, and their last text is more than a day old.',
    remedy: 'Record consent if they have given it, or wait for their next text.',
  },
  unreachable: {
    message: 'The carrier says that this number cannot take texts.',
    remedy: 'Check the number with the contact, then mark it as reachable.',
  },
  'account-stopped': {
    message: 'Sending of this account is stopped.',
    remedy: 'See `account.sendingStops` for what stops it and what to do.',
  },
  'subscription-inactive': {
    message: 'The subscription of the account lets no texts go out.',
    remedy: 'Renew or start a plan.',
  },
  'country-not-allowed': {
    message: 'The account does not send to the country of this number, or there is no price for it.',
    remedy: 'Add the country in the settings of the account.',
  },
  'insufficient-credits': {
    message: 'The credits do not last for this text.',
    remedy: 'Buy credits, then send it again with the same key.',
  },
}

export const settingsRefusals: RefusalTable<Exclude<UpdateSettingsResult, { ok: true }>['reason']> = {
  'brand-name-unusable': {
    message: 'This name cannot be used.',
    remedy: 'Use one line of 1 to 60 characters.',
  },
  'help-contact-unusable': {
    message: 'This contact cannot be used.',
    remedy: 'Use one line of 1 to 120 characters, or null for none.',
  },
  'hours-out-of-bounds': { message: 'The hours are out of bounds.', remedy: 'Give 1 to 168 hours.' },
}
