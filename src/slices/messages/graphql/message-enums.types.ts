import { registerEnumType } from 'type-graphql'

export const MessageStateEnum = {
  PENDING: 'pending',
  DISPATCHING: 'dispatching',
  UNKNOWN: 'unknown',
  ACCEPTED: 'accepted',
  UNPROVEN: 'unproven',
  FAILED: 'failed',
  SUPPRESSED: 'suppressed',
  CANCELLED: 'cancelled',
  EXPIRED: 'expired',
} as const

registerEnumType(MessageStateEnum, {
  name: 'MessageState',
  description: 'Where a message stands. Delivery to the handset is told apart from it.',
  valuesConfig: {
    PENDING: { description: 'Waits for its turn. Holds no credits.' },
    DISPATCHING: { description: 'Its credits are held and it is being handed to the carrier.' },
    UNKNOWN: {
      description:
        'The carrier may have it; nobody can tell yet. Credits stay held, and it is not sent again.',
    },
    ACCEPTED: { description: 'The carrier has it. Charged.' },
    UNPROVEN: {
      description:
        'Closed without proof that the carrier has it. Charged, and given back if it never turns up.',
    },
    FAILED: { description: 'The carrier refused it for good. Not charged.' },
    SUPPRESSED: { description: 'Not sent, because the number has not agreed or has opted out. Not charged.' },
    CANCELLED: { description: 'Not sent, because somebody cancelled it. Not charged.' },
    EXPIRED: { description: 'Not sent, because it would have come too late. Not charged.' },
  },
})

export const MessagePurposeEnum = { TRANSACTIONAL: 'transactional', MARKETING: 'marketing' } as const

registerEnumType(MessagePurposeEnum, {
  name: 'MessagePurpose',
  description: 'What the recipient must have agreed to.',
  valuesConfig: {
    TRANSACTIONAL: { description: 'About something that the recipient booked or bought.' },
    MARKETING: { description: 'Promotion.' },
  },
})

export const TextPurposeEnum = { ...MessagePurposeEnum, SERVICE: 'service' } as const

registerEnumType(TextPurposeEnum, {
  name: 'TextPurpose',
  description: 'What a single text is for.',
  valuesConfig: {
    TRANSACTIONAL: { description: 'About something that the recipient booked or bought.' },
    MARKETING: { description: 'Promotion.' },
    SERVICE: { description: 'An answer to a text of the recipient, or the request to opt in.' },
  },
})

export const TimelineKindEnum = {
  CREATED: 'created',
  DEFERRED: 'deferred',
  CLAIMED: 'claimed',
  HOLD: 'hold',
  SENT: 'sent',
  OUTCOME: 'outcome',
  CAPTURE: 'capture',
  RELEASE: 'release',
  REFUND: 'refund',
  LOOK_UP: 'look_up',
  CALLBACK: 'callback',
  OBSERVED: 'observed',
  DECISION: 'decision',
  LATE_PROOF: 'late_proof',
  LATE_CHARGE: 'late_charge',
  DELIVERY: 'delivery',
  DECIDED: 'decided',
  EMAIL: 'email',
} as const

registerEnumType(TimelineKindEnum, {
  name: 'MessageTimelineKind',
  description: 'What happened to a message.',
  valuesConfig: {
    CREATED: { description: 'It was written down, with its price.' },
    DEFERRED: { description: 'The clock of the recipient, or what was sent today, put it off.' },
    CLAIMED: { description: 'It passed the gate; `facts` has what the gate saw.' },
    HOLD: { description: 'Its credits were held.' },
    SENT: { description: 'It is being handed to the carrier.' },
    OUTCOME: {
      description: 'An attempt ended, or its outcome is unknown; `facts` says who gave the evidence.',
    },
    CAPTURE: { description: 'The held credits were charged.' },
    RELEASE: { description: 'The held credits were released.' },
    REFUND: { description: 'Charged credits were given back.' },
    LOOK_UP: { description: 'The carrier was asked about an unknown outcome.' },
    CALLBACK: { description: 'The carrier reported a status.' },
    OBSERVED: { description: "Somebody other than the sending process reported the carrier's id." },
    DECISION: { description: 'An administrator decided about an unknown outcome; `facts` says who and why.' },
    LATE_PROOF: { description: 'It had been closed without proof, and the carrier has it after all.' },
    LATE_CHARGE: { description: 'What had been given back was charged after all.' },
    DELIVERY: { description: 'How far the delivery is.' },
    DECIDED: { description: 'It ended without the carrier having it.' },
    EMAIL: { description: 'What became of the e-mail in its place; `facts` has where it stands.' },
  },
})
