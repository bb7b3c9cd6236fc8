import { commonRefusals, type RefusalTable } from '../../../platform/graphql/index.js'

export const notFound = { 'not-found': commonRefusals['not-found'] } as const satisfies RefusalTable<string>

const installationSecret = {
  'no-installation-secret': {
    message: 'Secrets of endpoints cannot be kept safely here.',
    remedy: 'Ask whoever runs this installation to set SESSION_SECRET.',
  },
} as const satisfies RefusalTable<string>

const writeRefusals = {
  'url-unreadable': {
    message: 'This is no address that webhooks can be posted to.',
    remedy: 'Give a whole address, for example https://example.com/webhooks, without a #.',
  },
  'url-not-https': {
    message: 'Webhooks go over HTTPS only.',
    remedy: 'Give an address that begins with https://.',
  },
  'url-has-credentials': {
    message: 'The address has a name or a password in it.',
    remedy: 'Leave them out: the signature proves where a webhook comes from.',
  },
  'url-port-not-allowed': {
    message: 'Webhooks do not go to this port.',
    remedy: 'Use port 443, or one from 1024 on.',
  },
  'url-not-public': {
    message: 'This name stands for no public address.',
    remedy: 'Give an address that can be reached from the internet.',
  },
  'no-event-types': { message: 'No event was chosen.', remedy: 'Choose at least one.' },
  'unknown-event-type': {
    message: 'There is no such event.',
    remedy: 'Choose from `webhookEventTypes`.',
  },
} as const satisfies RefusalTable<string>

export const createRefusals = {
  ...writeRefusals,
  ...installationSecret,
  'too-many-endpoints': {
    message: 'The account has ten endpoints, which is as many as there can be.',
    remedy: 'Delete one that is not needed any more.',
  },
} as const satisfies RefusalTable<string>

export const updateRefusals = { ...writeRefusals, ...notFound } as const satisfies RefusalTable<string>

export const rollRefusals = {
  ...notFound,
  ...installationSecret,
  'rolled-too-often': {
    message: 'Five secrets of this endpoint sign already.',
    remedy: 'Wait until one of them has ended, a day after it was rolled.',
  },
} as const satisfies RefusalTable<string>

export const testRefusals = {
  ...notFound,
  'endpoint-disabled': { message: 'This endpoint is switched off.', remedy: 'Switch it on first.' },
} as const satisfies RefusalTable<string>

export const redeliverRefusals = {
  'not-found-or-waiting': {
    message: 'There is no such delivery that has ended: it waits, is being sent, or is not there.',
    remedy: 'Wait for its next try, or check the id.',
  },
} as const satisfies RefusalTable<string>
