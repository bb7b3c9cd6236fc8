import { Field, ID, Int, ObjectType } from 'type-graphql'
import { connectionOf, Instant, resultUnion } from '../../../platform/graphql/index.js'

@ObjectType('StoredWebhook', {
  description:
    'A call of a provider as it was stored. Its fields hold numbers and texts of tenants and are not shown.',
})
export class StoredWebhookType {
  @Field(() => ID, { description: 'Id of the stored call.' })
  id!: string

  @Field(() => String, { description: 'Provider and kind, for example `twilio.status`.' })
  provider!: string

  @Field(() => String, { description: 'What the address said: for a delivery report the id of the attempt.' })
  route!: string

  @Field(() => Instant, { description: 'When it arrived.' })
  receivedAt!: Date

  @Field(() => Int, { description: 'How often it could not be applied.' })
  tries!: number

  @Field(() => String, { nullable: true, description: 'What went wrong the last time.' })
  problem!: string | null

  @Field(() => String, { nullable: true, description: 'What it did when it was applied.' })
  outcome!: string | null

  @Field(() => Instant, { nullable: true, description: 'When it was applied; null while it waits.' })
  appliedAt!: Date | null

  @Field(() => Instant, { nullable: true, description: 'When it was set aside after too many failures.' })
  quarantinedAt!: Date | null

  @Field(() => Instant, { nullable: true, description: 'When an administrator last had it applied again.' })
  replayedAt!: Date | null
}

export const StoredWebhookConnection = connectionOf(StoredWebhookType, 'StoredWebhook')

export const ReplayWebhookResult = resultUnion(
  'ReplayWebhookResult',
  StoredWebhookType,
  'The call, waiting to be applied again, or why not.',
)
