import { Field, ID, ObjectType } from 'type-graphql'
import { EventSeq, Instant } from '../../../platform/graphql/index.js'
import type { CampaignState } from '../domain/campaign-state.js'
import { CampaignStateEnum } from './campaign-enums.types.js'

@ObjectType('CampaignEvent', { description: 'Something that happened to a campaign.' })
export class CampaignEventType {
  @Field(() => EventSeq, {
    description: 'Its place in the account; give the last one you saw as `afterSeq` to go on.',
  })
  seq!: number

  @Field(() => Instant, { description: 'When.' })
  at!: Date

  @Field(() => String, {
    description:
      'What happened: `state` (a new campaign too), `changed` (something written in it), `prepared` (more of its audience has its texts).',
  })
  kind!: string

  @Field(() => ID, { description: 'The campaign.' })
  campaignId!: string

  @Field(() => CampaignStateEnum, {
    nullable: true,
    description: 'The state it was in then; null where the event does not speak of it.',
  })
  state!: CampaignState | null
}
