import type { DateTime } from 'luxon'
import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import type { Clock } from '../../../kernel/clock.js'
import { assert } from '../../../kernel/assert.js'
import type { AccountId, ContactId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import {
  Access,
  commonRefusals,
  GraphContext,
  idArgument,
  Instant,
  keyset,
  PageArgs,
  refuse,
  ShortText,
  type Page,
  type Refused,
  type RefusalTable,
} from '../../../platform/graphql/index.js'
import { judgeContact } from '../judge-contact.js'
import { quietHoursHistory } from '../quiet-hours-history.js'
import { quietHoursSettings, type QuietHoursSettings } from '../quiet-hours-settings.js'
import { setQuietHours } from '../set-quiet-hours.js'
import { waiveQuietHours } from '../waive-quiet-hours.js'
import { MessagePurposeEnum } from './message-enums.types.js'
import {
  ContactHoursType,
  QuietHoursChangeConnection,
  QuietHoursInput,
  QuietHoursResult,
  QuietHoursSettingsType,
  type QuietHoursChangeType,
} from './quiet-hours.types.js'

const newestFirst = keyset('quiet-hours-history', 'integer')

const hoursRefusals = {
  'not-found': commonRefusals['not-found'],
  'window-invalid': {
    message: 'These hours cannot be.',
    remedy: 'Write times as `08:00`; the end comes at least 30 minutes after the begin, on the same day.',
  },
  'marketing-too-wide': {
    message: 'Marketing goes out between 08:00 and 20:00 at the widest.',
    remedy: 'Choose hours within these.',
  },
  'holiday-invalid': { message: 'One of the days is no date.', remedy: 'Write days as `2026-12-24`.' },
  'holidays-too-many': {
    message: 'These are too many days.',
    remedy: 'Name 40 days at most; remove past ones.',
  },
  'cap-out-of-range': { message: 'The cap is out of range.', remedy: 'Use 1 to 10 texts within 24 hours.' },
} as const satisfies RefusalTable<string>

/** When texts may go: the account's own hours, an administrator's waiver, and what that means for one contact. */
@Resolver()
export class QuietHoursResolver {
  constructor(private readonly deps: { db: Db; clock: Clock }) {}

  @Access('viewer')
  @Query(() => QuietHoursSettingsType, {
    description: 'When texts of the account may go, on the clock of each recipient.',
  })
  async quietHours(@Ctx() ctx: GraphContext): Promise<QuietHoursSettingsType> {
    return this.present(ctx.scope.accountId)
  }

  @Access('viewer')
  @Query(() => QuietHoursChangeConnection, {
    description:
      'Who changed when texts of the account may go, and how, newest first. It cannot be rewritten.',
  })
  async quietHoursHistory(
    @Ctx() ctx: GraphContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<QuietHoursChangeType>> {
    const request = newestFirst.read(page)
    const changes = await quietHoursHistory(this.deps, ctx.scope.accountId, {
      beforeId: request.after?.[0] ?? null,
      limit: request.limit,
    })
    return newestFirst.page(changes, request, { key: (change) => [change.id], node: (change) => change })
  }

  @Access('owner')
  @Mutation(() => QuietHoursResult, {
    description:
      'Sets the hours of the account, its days without marketing and its cap; in force from the next claim on.',
  })
  async setQuietHours(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => QuietHoursInput, { description: 'What to change.' }) input: QuietHoursInput,
  ): Promise<QuietHoursSettings | Refused> {
    const { accountId, actor } = ctx.scope
    const change = {
      transactional: input.transactional,
      marketing: input.marketing,
      holidays: input.holidays ?? undefined,
      marketingPerDay: input.marketingPerDay ?? undefined,
    }
    const result = await setQuietHours(this.deps, { accountId, change, actor: `${actor.kind}:${actor.id}` })
    return result.ok ? this.present(accountId) : refuse(hoursRefusals, result.reason)
  }

  @Access('platformAdmin')
  @Mutation(() => QuietHoursResult, {
    description:
      'Lifts quiet hours and the frequency cap of an account whose texts reach no people, or puts them back. Kept with its reason. For administrators of the platform.',
  })
  async waiveQuietHours(
    @Ctx() ctx: GraphContext,
    @Arg('accountId', () => ID, { description: 'The account to act on.' }) accountId: string,
    @Arg('reason', () => ShortText, {
      nullable: true,
      description: 'Why they are lifted; null puts them back.',
    })
    reason: string | null | undefined,
  ): Promise<QuietHoursSettings | Refused> {
    const scope = ctx.adminScope(idArgument<AccountId>(accountId))
    const { actor } = scope
    const result = await waiveQuietHours(this.deps, {
      accountId: scope.accountId,
      waiver: reason ?? null,
      actor: `${actor.kind}:${actor.id}`,
    })
    ctx.logger.info({ accountId: scope.accountId, userId: actor.id }, 'messages.quiet-hours-waived')
    return result.ok ? this.present(scope.accountId) : refuse(hoursRefusals, result.reason)
  }

  @Access('viewer')
  @Query(() => ContactHoursType, {
    nullable: true,
    description:
      'When a contact may be texted, and why: where the person may be, which clock and whose rule decide.',
  })
  async quietHoursFor(
    @Ctx() ctx: GraphContext,
    @Arg('contactId', () => ID, { description: 'The contact.' }) contactId: string,
    @Arg('purpose', () => MessagePurposeEnum, { description: 'What the text is for.' })
    purpose: 'transactional' | 'marketing',
    @Arg('at', () => Instant, { nullable: true, description: 'From when on; now unless given.' })
    at: DateTime | null | undefined,
  ): Promise<ContactHoursType | null> {
    const id = idArgument<ContactId>(contactId)
    const verdict = await judgeContact(this.deps, ctx.scope.accountId, {
      contactId: id,
      purpose,
      at: at?.toJSDate() ?? null,
    })
    if (verdict === null) return null
    const { zones, regions, source, isOpen, opensAt, opensAtLocal, why } = verdict
    return {
      contactId: id,
      zones: [...zones],
      regions: [...regions],
      source,
      isOpen,
      opensAt,
      opensAtLocal,
      why,
    }
  }

  private async present(accountId: AccountId): Promise<QuietHoursSettings> {
    const settings = await quietHoursSettings(this.deps, accountId)
    assert(settings !== null, 'an account that acts is there')
    return settings
  }
}
