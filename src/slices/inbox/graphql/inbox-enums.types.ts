import { registerEnumType } from 'type-graphql'
import type { Attention } from '../domain/attention.js'
import type { CarrierAnswerSetting } from '../domain/carrier-keyword.js'
import type { ReplyClass } from '../domain/classify-reply.js'
import type { ReplyLanguage } from '../domain/reply-language.js'

export const ReplyClassEnum = {
  OPT_OUT: 'opt_out',
  OPT_IN: 'opt_in',
  HELP: 'help',
  CONFIRM: 'confirm',
  OTHER: 'other',
} as const satisfies Record<string, ReplyClass>

registerEnumType(ReplyClassEnum, {
  name: 'ReplyClass',
  description: 'What an incoming text was read as.',
  valuesConfig: {
    OPT_OUT: { description: 'Wants no more texts, in whatever words. It was followed at once.' },
    OPT_IN: {
      description: 'START and the like: what a STOP had withdrawn was given back, and nothing more.',
    },
    HELP: { description: 'Asks who is texting.' },
    CONFIRM: { description: 'Says yes to something: a code like C1, or words like "confirmed".' },
    OTHER: { description: 'Anything else: for a person to read.' },
  },
})

export const AttentionEnum = {
  AMBIGUOUS: 'ambiguous',
  KEYWORD_CLASH: 'keyword_clash',
  UNMATCHED_CONFIRMATION: 'unmatched_confirmation',
} as const satisfies Record<string, Attention>

registerEnumType(AttentionEnum, {
  name: 'ConversationAttention',
  description: 'Why a person should look at a conversation.',
  valuesConfig: {
    AMBIGUOUS: { description: 'Words of an opt-out in a sentence that does not read as one.' },
    KEYWORD_CLASH: {
      description:
        'CANCEL, END or their like as the whole text: it counts as an opt-out; perhaps an appointment was meant.',
    },
    UNMATCHED_CONFIRMATION: { description: 'Reads like a confirmation, but no question is open.' },
  },
})

export const ReplyLanguageEnum = {
  EN: 'en',
  ES: 'es',
  FR: 'fr',
  DE: 'de',
  PT: 'pt',
} as const satisfies Record<string, ReplyLanguage>

registerEnumType(ReplyLanguageEnum, {
  name: 'ReplyLanguage',
  description: 'Languages of automatic texts.',
  valuesConfig: {
    EN: { description: 'English.' },
    ES: { description: 'Spanish.' },
    FR: { description: 'French.' },
    DE: { description: 'German.' },
    PT: { description: 'Portuguese.' },
  },
})

export const CarrierAnswersEnum = {
  BY_SENDER: 'by_sender',
  ALWAYS: 'always',
  NEVER: 'never',
} as const satisfies Record<string, CarrierAnswerSetting>

registerEnumType(CarrierAnswersEnum, {
  name: 'CarrierAnswers',
  description: 'Whether the carrier itself answers STOP, START and HELP, so that we must not.',
  valuesConfig: {
    BY_SENDER: { description: 'It does, unless the sender is a short code.' },
    ALWAYS: { description: 'It does.' },
    NEVER: { description: 'It does not: its handling of opt-outs is switched off there.' },
  },
})

export const ThreadKindEnum = { INBOUND: 'inbound', OUTBOUND: 'outbound' } as const

registerEnumType(ThreadKindEnum, {
  name: 'TextDirection',
  description: 'Which way a text went.',
  valuesConfig: {
    INBOUND: { description: 'From the person to us.' },
    OUTBOUND: { description: 'From us to the person.' },
  },
})

export const OptInStateEnum = {
  WAITING: 'waiting',
  CONFIRMED: 'confirmed',
  EXPIRED: 'expired',
  WITHDRAWN: 'withdrawn',
} as const

registerEnumType(OptInStateEnum, {
  name: 'OptInState',
  description: 'Where a double opt-in stands.',
  valuesConfig: {
    WAITING: { description: 'The person was asked and has not answered.' },
    CONFIRMED: { description: 'The person has said yes on the phone; the grant is on record.' },
    EXPIRED: { description: 'Nobody answered in time; nothing was granted.' },
    WITHDRAWN: { description: 'Consent was revoked before the person answered; nothing was granted.' },
  },
})
