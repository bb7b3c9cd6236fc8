import type { DateTime } from 'luxon'
import { Field, ID, InputType } from 'type-graphql'
import { Credits, Instant, ShortText } from '../../../platform/graphql/index.js'
import { MessagePurposeEnum } from '../../messages/graphql/message-enums.types.js'
import type { Purpose } from '../domain/opt-out-footer.js'

@InputType('CampaignAudienceInput', {
  description: 'Which contacts; all conditions together. Without any, every contact of the account.',
})
export class CampaignAudienceInput {
  @Field(() => [ShortText], { nullable: true, description: 'With at least one of these tags; at most 50.' })
  tags?: string[] | null

  @Field(() => [ShortText], { nullable: true, description: 'But none of these; at most 50.' })
  excludeTags?: string[] | null

  @Field(() => ID, { nullable: true, description: 'Named by this import last.' })
  importId?: string | null
}

@InputType('CreateCampaignInput', { description: 'A new draft.' })
export class CreateCampaignInputType {
  @Field(() => ShortText, { description: 'Its name, for people.' })
  name!: string

  @Field(() => MessagePurposeEnum, {
    nullable: true,
    description: 'What recipients must have agreed to; marketing unless said.',
  })
  purpose?: Purpose | null

  @Field(() => String, {
    description:
      'The text, at most 1,600 characters, with merge fields: `{{first_name}}` skips whoever has no value, `{{first_name|there}}` puts the fallback in. Fields: first_name, last_name, email, phone, country, region, zone, and the attributes of contacts.',
  })
  template!: string

  @Field(() => String, {
    nullable: true,
    description:
      'The line under every text. For marketing it contains STOP; left out, it is “Reply STOP to opt out.”',
  })
  optOutFooter?: string | null

  @Field(() => CampaignAudienceInput, {
    nullable: true,
    description: 'Whom it is for; every contact unless said.',
  })
  audience?: CampaignAudienceInput | null

  @Field(() => Boolean, {
    nullable: true,
    description: 'Go on by itself after a pause for credits, its cap or the subscription; no unless said.',
  })
  autoResume?: boolean | null

  @Field(() => Credits, { nullable: true, description: 'The most that it may use, if less than its quote.' })
  capCredits?: number | null

  @Field(() => Instant, { nullable: true, description: 'What has not left by then is not sent.' })
  expiresAt?: DateTime | null
}

@InputType('UpdateCampaignInput', { description: 'What changes; what is left out stays as it is.' })
export class UpdateCampaignInputType {
  @Field(() => ShortText, { nullable: true, description: 'Its name; may change until it has ended.' })
  name?: string | null

  @Field(() => MessagePurposeEnum, { nullable: true, description: 'What recipients must have agreed to.' })
  purpose?: Purpose | null

  @Field(() => String, { nullable: true, description: 'The text with merge fields.' })
  template?: string | null

  @Field(() => String, { nullable: true, description: 'The line under every text; an empty one removes it.' })
  optOutFooter?: string | null

  @Field(() => CampaignAudienceInput, { nullable: true, description: 'Whom it is for, as a whole.' })
  audience?: CampaignAudienceInput | null

  @Field(() => Boolean, { nullable: true, description: 'Go on by itself; may change until it has ended.' })
  autoResume?: boolean | null

  @Field(() => Credits, { nullable: true, description: 'The most that it may use; null removes the limit.' })
  capCredits?: number | null

  @Field(() => Instant, {
    nullable: true,
    description: 'What has not left by then is not sent; null removes it.',
  })
  expiresAt?: DateTime | null
}

@InputType('PreviewTemplateInput', { description: 'A template to try out.' })
export class PreviewTemplateInput {
  @Field(() => MessagePurposeEnum, { nullable: true, description: 'Marketing unless said.' })
  purpose?: Purpose | null

  @Field(() => String, { description: 'The text with merge fields.' })
  template!: string

  @Field(() => String, { nullable: true, description: 'The line under it; ours unless said.' })
  optOutFooter?: string | null

  @Field(() => CampaignAudienceInput, { nullable: true, description: 'Whose first contacts it is tried on.' })
  audience?: CampaignAudienceInput | null
}
