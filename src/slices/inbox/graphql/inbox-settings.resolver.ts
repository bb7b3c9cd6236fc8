import { Arg, Args, Ctx, Field, InputType, Int, Mutation, Query, Resolver } from 'type-graphql'
import { actorText } from '../../../platform/access/viewer.js'
import {
  Access,
  GraphContext,
  keyset,
  PageArgs,
  refuse,
  type Page,
  type Refused,
} from '../../../platform/graphql/index.js'
import type { CarrierAnswerSetting } from '../domain/carrier-keyword.js'
import type { ReplyLanguage } from '../domain/reply-language.js'
import type { InboxDeps } from '../inbox-deps.js'
import { readInboxSettings, updateInboxSettings } from '../inbox-settings.js'
import { listOptIns } from '../list-conversations.js'
import { CarrierAnswersEnum, ReplyLanguageEnum } from './inbox-enums.types.js'
import {
  InboxSettingsResult,
  InboxSettingsType,
  OptInRequestConnection,
  type OptInRequestType,
} from './inbox.types.js'
import { settingsRefusals } from './refusals.js'
import { toOptIn } from './to-inbox.js'

const newestFirst = keyset('opt-in-requests', 'uuid')

@InputType('InboxSettingsInput', { description: 'What changes; the rest stays.' })
class InboxSettingsInput {
  @Field(() => String, { nullable: true, description: 'How texts name the account; null for its own name.' })
  brandName?: string | null

  @Field(() => String, { nullable: true, description: 'Whom people ask for help; null for nobody.' })
  helpContact?: string | null

  @Field(() => ReplyLanguageEnum, { nullable: true, description: 'Language of automatic texts.' })
  language?: ReplyLanguage | null

  @Field(() => CarrierAnswersEnum, { nullable: true, description: 'Whether the carrier answers keywords.' })
  carrierAnswers?: CarrierAnswerSetting | null

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether agreements to marketing are confirmed by text.',
  })
  doubleOptIn?: boolean | null

  @Field(() => Int, { nullable: true, description: 'Hours that such an agreement waits: 1 to 168.' })
  optInHours?: number | null
}

@Resolver()
export class InboxSettingsResolver {
  constructor(private readonly deps: InboxDeps) {}

  @Access('viewer')
  @Query(() => InboxSettingsType, { description: 'How the account answers texts by itself.' })
  async inboxSettings(@Ctx() ctx: GraphContext): Promise<InboxSettingsType> {
    return readInboxSettings(this.deps, ctx.scope.accountId)
  }

  @Access('viewer')
  @Query(() => OptInRequestConnection, {
    description: 'Agreements that people were asked to confirm by text, newest first.',
  })
  async optInRequests(
    @Ctx() ctx: GraphContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<OptInRequestType>> {
    const request = newestFirst.read(page)
    const rows = await listOptIns(this.deps, ctx.scope.accountId, {
      beforeId: request.after?.[0] ?? null,
      limit: request.limit,
    })
    return newestFirst.page(rows, request, {
      key: (row) => [row.id],
      node: (row) => toOptIn(row, ctx.scope.role),
    })
  }

  @Access('owner')
  @Mutation(() => InboxSettingsResult, { description: 'Changes how the account answers texts by itself.' })
  async updateInboxSettings(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => InboxSettingsInput, { description: 'What changes.' }) input: InboxSettingsInput,
  ): Promise<InboxSettingsType | Refused> {
    const result = await updateInboxSettings(this.deps, ctx.scope.accountId, {
      brandName: input.brandName,
      helpContact: input.helpContact,
      language: input.language ?? undefined,
      carrierAnswers: input.carrierAnswers ?? undefined,
      doubleOptIn: input.doubleOptIn ?? undefined,
      optInHours: input.optInHours ?? undefined,
      actor: actorText(ctx.scope.actor),
    })
    return result.ok ? result.settings : refuse(settingsRefusals, result.reason)
  }
}
