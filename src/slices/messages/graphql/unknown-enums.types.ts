import { registerEnumType } from 'type-graphql'

export const UnknownOutcomeStateEnum = {
  UNKNOWN: 'unknown',
  UNPROVEN: 'unproven',
  LATE_PROVED: 'late_proved',
  SETTLED: 'settled',
} as const

registerEnumType(UnknownOutcomeStateEnum, {
  name: 'UnknownOutcomeState',
  description: 'What is known of a call to the carrier whose answer got lost.',
  valuesConfig: {
    UNKNOWN: { description: 'Nothing. Its credits stay held.' },
    UNPROVEN: { description: 'Closed without proof, by policy or by an administrator; never sent again.' },
    LATE_PROVED: { description: 'Closed without proof, and proved since that the carrier has it.' },
    SETTLED: { description: 'Known in time, or not over yet; never in a list of unknown outcomes.' },
  },
})

export const UnknownOutcomeMoneyEnum = {
  HELD: 'held',
  CHARGED: 'charged',
  CHARGED_LATE: 'charged_late',
  GIVEN_BACK: 'given_back',
} as const

registerEnumType(UnknownOutcomeMoneyEnum, {
  name: 'UnknownOutcomeMoney',
  description: 'Where the credits of the call are.',
  valuesConfig: {
    HELD: { description: 'Held.' },
    CHARGED: { description: 'Charged.' },
    CHARGED_LATE: { description: 'Given back, and charged when the proof came.' },
    GIVEN_BACK: { description: 'Released, or charged and given back.' },
  },
})

export const UnknownNextStepEnum = {
  LOOK_UP: 'look_up',
  CLOSE: 'close',
  GIVE_BACK: 'give_back',
  NONE: 'none',
} as const

registerEnumType(UnknownNextStepEnum, {
  name: 'UnknownNextStep',
  description: 'What happens by itself when nobody decides and nothing is proved.',
  valuesConfig: {
    LOOK_UP: {
      description: "The carrier's list is asked; under P1 a list without it means that it is sent again.",
    },
    CLOSE: { description: 'It is closed as unproven, and charged.' },
    GIVE_BACK: { description: 'The list is asked once more, and the charge is given back.' },
    NONE: { description: 'Nothing.' },
  },
})

export const UnknownDecisionEnum = {
  CHARGE: 'charge',
  GIVE_BACK: 'give_back',
  SEND_AGAIN: 'send_again',
} as const

registerEnumType(UnknownDecisionEnum, {
  name: 'UnknownDecision',
  description: 'What an administrator may decide about an unknown outcome. A later proof still counts.',
  valuesConfig: {
    CHARGE: { description: 'Close it, charged, for good; it is never sent again.' },
    GIVE_BACK: { description: 'Close it and give its credits back; it is never sent again.' },
    SEND_AGAIN: {
      description:
        'Release it and send it again. Only where the carrier was proved to refuse late calls, and does not have it.',
    },
  },
})
