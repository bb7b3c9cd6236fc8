import { Field, Int, ObjectType } from 'type-graphql'
import { EventSeq } from '../../../platform/graphql/index.js'

@ObjectType('MessageTallyCount', { description: 'How many messages one kind of event was about.' })
export class MessageTallyCountType {
  @Field(() => String, { description: 'What happened, as in `MessageEvent.kind`.' })
  kind!: string

  @Field(() => String, { nullable: true, description: 'As in `MessageEvent.report`.' })
  report!: string | null

  @Field(() => Int, { description: 'How many messages; one that was tried twice counts twice.' })
  messages!: number
}

@ObjectType('MessageTally', { description: 'What has happened to messages since an instant.' })
export class MessageTallyType {
  @Field(() => EventSeq, {
    description:
      'The newest event that is counted; give it to `messageEvents` as `afterSeq` to go on counting.',
  })
  seq!: number

  @Field(() => [MessageTallyCountType], { description: 'By what happened.' })
  counts!: MessageTallyCountType[]
}
