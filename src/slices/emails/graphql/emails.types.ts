import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { connectionOf, Instant, resultUnion } from '../../../platform/graphql/index.js'
import type { EmailState } from '../domain/email-state.js'
import type { EmailReason } from '../domain/why-email.js'

export const EmailStateEnum = {
  WAITING: 'waiting',
  SENDING: 'sending',
  SENT: 'sent',
  WITHHELD: 'withheld',
  FAILED: 'failed',
  UNCERTAIN: 'uncertain',
} as const satisfies Record<string, EmailState>

registerEnumType(EmailStateEnum, {
  name: 'EmailState',
  description: 'Where an e-mail stands that takes the place of a text.',
  valuesConfig: {
    WAITING: { description: 'It waits for its first or next try.' },
    SENDING: {
      description: 'A process is sending it, or died while it was. It is never taken a second time.',
    },
    SENT: { description: 'The mail server took it.' },
    WITHHELD: { description: 'It was decided against before it was sent; `reason` says why.' },
    FAILED: { description: 'The mail server refused it, or could not take it for too long.' },
    UNCERTAIN: { description: 'The mail server may have it and never said so. It is not sent again.' },
  },
})

const EmailReasonEnum = {
  FAILED: 'failed',
  EXPIRED: 'expired',
  SUPPRESSED: 'suppressed',
  UNDELIVERED: 'undelivered',
} as const satisfies Record<string, EmailReason>

registerEnumType(EmailReasonEnum, {
  name: 'EmailReason',
  description: 'How the text ended that an e-mail takes the place of.',
  valuesConfig: {
    FAILED: { description: 'The carrier did not take it.' },
    EXPIRED: { description: 'The next hour at which it might go would have been too late.' },
    SUPPRESSED: { description: 'It was held back for a reason other than the will of the person.' },
    UNDELIVERED: { description: 'The carrier took it and reported that it did not arrive.' },
  },
})

@ObjectType('EmailFallback', { description: 'An e-mail that takes the place of one text.' })
export class EmailFallbackType {
  @Field(() => ID, { description: 'The text.' })
  messageId!: string

  @Field(() => EmailReasonEnum, { description: 'How the text ended.' })
  why!: EmailReason

  @Field(() => EmailStateEnum, { description: 'Where the e-mail stands.' })
  state!: EmailState

  @Field(() => String, { description: 'The same in a sentence.' })
  words!: string

  @Field(() => Int, { description: 'How often it was tried.' })
  tries!: number

  @Field(() => String, {
    nullable: true,
    description: 'Where it went, for owners and operators; null for everybody else and before the first try.',
  })
  address!: string | null

  @Field(() => String, {
    nullable: true,
    description:
      'What happened to the last try: `unreachable`, `sign-in`, `refused`, `no-answer`; or why it was withheld: `switched-off`, `too-late`, `no-longer-allowed`, `no-longer-true`.',
  })
  reason!: string | null

  @Field(() => Int, { nullable: true, description: "The mail server's code, when it gave one." })
  code!: number | null

  @Field(() => Instant, { description: 'Since when it waits.' })
  createdAt!: Date

  @Field(() => Instant, { description: 'When something last happened to it.' })
  changedAt!: Date
}

@ObjectType('EmailFallbackSetting', {
  description: 'Whether texts that do not arrive are followed by e-mails.',
})
export class EmailFallbackSettingType {
  @Field(() => Boolean, { description: 'Off unless somebody switches it on.' })
  enabled!: boolean

  @Field(() => Boolean, { description: 'Whether a mail server is set up; without one nothing is sent.' })
  isAvailable!: boolean
}

export const EmailFallbackConnection = connectionOf(EmailFallbackType, 'EmailFallback')

export const EmailFallbackSettingResult = resultUnion(
  'EmailFallbackSettingResult',
  EmailFallbackSettingType,
  'The setting, or why it stays.',
)
