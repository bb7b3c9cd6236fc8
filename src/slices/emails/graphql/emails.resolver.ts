import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import { actorText, roleAtLeast } from '../../../platform/access/viewer.js'
import {
  Access,
  GraphContext,
  keyset,
  PageArgs,
  refuse,
  type Page,
  type Refused,
  type RefusalTable,
} from '../../../platform/graphql/index.js'
import type { EmailState } from '../domain/email-state.js'
import { emailWords } from '../domain/email-words.js'
import type { EmailDeps } from '../email-deps.js'
import { readEmailSetting, setEmailFallback } from '../email-setting.js'
import { listEmails } from '../list-emails.js'
import {
  EmailFallbackConnection,
  EmailFallbackSettingResult,
  EmailFallbackSettingType,
  EmailStateEnum,
  type EmailFallbackType,
} from './emails.types.js'

const newestFirst = keyset('email-fallbacks', 'uuid')

const settingRefusals = {
  'no-mail-server': {
    message: 'No mail server is set up here.',
    remedy: 'Ask whoever runs this installation to set SMTP_URL and SMTP_FROM.',
  },
} as const satisfies RefusalTable<string>

@Resolver()
export class EmailsResolver {
  constructor(private readonly deps: EmailDeps) {}

  @Access('viewer')
  @Query(() => EmailFallbackSettingType, {
    description: 'Whether texts that do not arrive are followed by e-mails.',
  })
  async emailFallback(@Ctx() ctx: GraphContext): Promise<EmailFallbackSettingType> {
    return readEmailSetting(this.deps, ctx.scope.accountId)
  }

  @Access('viewer')
  @Query(() => EmailFallbackConnection, {
    description: 'E-mails that took the place of texts, or were to; those of the newest texts first.',
  })
  async emailFallbacks(
    @Ctx() ctx: GraphContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('states', () => [EmailStateEnum], { nullable: true, description: 'Only those in these states.' })
    states: EmailState[] | null | undefined,
  ): Promise<Page<EmailFallbackType>> {
    const { accountId, role } = ctx.scope
    const request = newestFirst.read(page)
    const beforeId = request.after?.[0] ?? null
    const rows = await listEmails(this.deps, accountId, states ?? null, { beforeId, limit: request.limit })
    return newestFirst.page(rows, request, {
      key: (row) => [row.messageId],
      node: (row) => ({
        ...row,
        words: emailWords[row.state],
        address: roleAtLeast(role, 'operator') ? row.address : null,
      }),
    })
  }

  @Access('owner')
  @Mutation(() => EmailFallbackSettingResult, {
    description:
      'Switches e-mails in place of transactional texts that do not arrive on or off. It begins with texts that end from now on; people who opted out get none.',
  })
  async setEmailFallback(
    @Ctx() ctx: GraphContext,
    @Arg('enabled', () => Boolean, { description: 'On or off.' }) enabled: boolean,
  ): Promise<EmailFallbackSettingType | Refused> {
    const actor = actorText(ctx.scope.actor)
    const result = await setEmailFallback(this.deps, ctx.scope.accountId, { enabled, actor })
    return result.ok ? result.setting : refuse(settingRefusals, result.reason)
  }
}
