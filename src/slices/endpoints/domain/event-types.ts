/** What endpoints can choose to be told. The names are a promise to receivers: add, never rename. */
export const eventTypes = {
  'message.sent': 'The carrier has taken these texts.',
  'message.delivered': 'The carrier reports that these texts arrived.',
  'message.undelivered': 'The carrier reports that these texts did not arrive; they stay charged.',
  'message.failed': 'These texts could not be sent; their credits were given back.',
  'message.skipped':
    'These texts were decided against before they were sent: no consent, an opt-out, too late, cancelled. `reason` says which.',
  'message.unknown':
    'Nobody can tell yet whether these texts left. They are looked up, and never sent twice.',
  'message.unproven': 'It stayed unknown whether these texts left: closed and charged without proof.',
  'message.emailed': 'An e-mail went in the place of this text.',
  'campaign.scheduled': 'A campaign was given a time, or another one.',
  'campaign.started': 'A campaign began to send.',
  'campaign.paused': 'A campaign paused; `reason` says why, for example `credits_exhausted`.',
  'campaign.resumed': 'A campaign goes on.',
  'campaign.completed': 'A campaign has sent what it could; nothing of it waits any more.',
  'campaign.cancelled': 'A campaign was cancelled.',
  'credits.granted': 'Credits were added to the account.',
  'credits.refunded': 'Credits were given back for texts that the carrier does not bill.',
  'credits.expired': 'Credits reached their date and are gone.',
  'credits.adjusted': 'Credits were corrected by hand, or taken back with a payment.',
  'top_up.started': 'The balance fell below its limit, and an automatic top-up began.',
  'top_up.failed': 'An automatic top-up took no money.',
  'top_up.switched_off': 'Automatic top-up was switched off; `reason` says why.',
  'reply.received': 'Somebody answered by text.',
  'consent.granted': 'Somebody agreed to texts, or opted in again.',
  'consent.revoked': 'Somebody no longer agrees to texts, for example by STOP.',
  'appointment.booked': 'An appointment was made.',
  'appointment.changed': 'Something about an appointment changed, and its time did not.',
  'appointment.moved': 'An appointment has another time.',
  'appointment.confirmed': 'Somebody confirmed their appointment by text.',
  'appointment.cancelled': 'An appointment was cancelled.',
  'appointment.completed': 'An appointment took place.',
  'appointment.no_show': 'Nobody came to an appointment.',
  'account.sending_stopped': 'The account may not send; `reason` says why.',
  'account.sending_resumed': 'The account may send again.',
  'account.subscription_changed': 'The subscription has another state.',
  'endpoint.disabled': 'Another webhook endpoint of this account was switched off by itself.',
} as const satisfies Record<string, string>

export type EventType = keyof typeof eventTypes

/** Sent when somebody asks for it, to any endpoint. */
export const TEST_EVENT_TYPE = 'webhook.test'

/** Every type that a delivery can have. */
export const deliveryTypes: readonly string[] = [...Object.keys(eventTypes), TEST_EVENT_TYPE]

export function isEventType(text: string): text is EventType {
  return Object.hasOwn(eventTypes, text)
}
