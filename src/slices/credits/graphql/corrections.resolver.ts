import type { DateTime } from 'luxon'
import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql'
import { assert } from '../../../kernel/assert.js'
import type { AccountId, MessageId } from '../../../kernel/ids.js'
import {
  Access,
  Credits,
  GraphContext,
  idArgument,
  IdempotencyKey,
  Instant,
  refuse,
  ShortText,
  type Refused,
} from '../../../platform/graphql/index.js'
import {
  adjustByAdministrator,
  grantByAdministrator,
  refundByAdministrator,
  rollBackByAdministrator,
  type CorrectionDeps,
  type Corrector,
} from '../correct-credits.js'
import type { LotSource } from '../domain/credit-lot.js'
import { readCreditBalance } from '../read-credits.js'
import { CreditBalanceResult, CreditBalanceType, LotSourceEnum } from './credits.types.js'
import { adjustRefusals, grantRefusals, refundRefusals, rollBackRefusals } from './refusals.js'

const accountArgument = { description: 'The account to act on.' }
const keyArgument = { description: 'Repeating the request with the same key changes nothing.' }
const reasonArgument = { description: 'Why; it stays in the ledger.' }

/** What administrators of the platform do to credits. */
@Resolver()
export class CorrectionsResolver {
  constructor(private readonly deps: CorrectionDeps) {}

  @Access('platformAdmin')
  @Query(() => CreditBalanceType, {
    nullable: true,
    description: 'The credits of any account. For administrators of the platform.',
  })
  async creditBalanceOf(
    @Ctx() ctx: GraphContext,
    @Arg('accountId', () => ID, accountArgument) accountId: string,
  ): Promise<CreditBalanceType | null> {
    return readCreditBalance(this.deps.db, ctx.adminScope(idArgument<AccountId>(accountId)).accountId)
  }

  @Access('platformAdmin')
  @Mutation(() => CreditBalanceResult, {
    description:
      'Grants a lot of credits; what the account owes is paid from it first. For administrators of the platform.',
  })
  async grantCredits(
    @Ctx() ctx: GraphContext,
    @Arg('accountId', () => ID, accountArgument) accountId: string,
    @Arg('credits', () => Credits, { description: 'How many.' }) credits: number,
    @Arg('source', () => LotSourceEnum, { description: 'Where they come from.' }) source: LotSource,
    @Arg('reason', () => ShortText, reasonArgument) reason: string,
    @Arg('idempotencyKey', () => IdempotencyKey, keyArgument) idempotencyKey: string,
    @Arg('priority', () => Int, {
      nullable: true,
      description: '0 is spent first, 100 last; 50 unless said.',
    })
    priority: number | null | undefined,
    @Arg('expiresAt', () => Instant, {
      nullable: true,
      description: 'When what is left expires; never unless said.',
    })
    expiresAt: DateTime | null | undefined,
  ): Promise<CreditBalanceType | Refused> {
    const by = ctx.adminScope(idArgument<AccountId>(accountId))
    const result = await grantByAdministrator(this.deps, by, {
      credits,
      source,
      reason,
      idempotencyKey,
      priority: priority ?? null,
      expiresAt: expiresAt?.toJSDate() ?? null,
    })
    return result.ok ? this.present(by) : refuse(grantRefusals, result.reason)
  }

  @Access('platformAdmin')
  @Mutation(() => CreditBalanceResult, {
    description:
      'Adds credits, or takes available ones when the number is negative. For administrators of the platform.',
  })
  async adjustCredits(
    @Ctx() ctx: GraphContext,
    @Arg('accountId', () => ID, accountArgument) accountId: string,
    @Arg('credits', () => Int, { description: 'How many; negative takes.' }) credits: number,
    @Arg('reason', () => ShortText, reasonArgument) reason: string,
    @Arg('idempotencyKey', () => IdempotencyKey, keyArgument) idempotencyKey: string,
  ): Promise<CreditBalanceType | Refused> {
    const by = ctx.adminScope(idArgument<AccountId>(accountId))
    const result = await adjustByAdministrator(this.deps, by, { credits, reason, idempotencyKey })
    return result.ok ? this.present(by) : refuse(adjustRefusals, result.reason)
  }

  @Access('platformAdmin')
  @Mutation(() => CreditBalanceResult, {
    description:
      'Takes a lot back, all of it unless a number is given. What is spent of it becomes a debt, which blocks sending. For administrators of the platform.',
  })
  async rollBackGrant(
    @Ctx() ctx: GraphContext,
    @Arg('accountId', () => ID, accountArgument) accountId: string,
    @Arg('lotNo', () => Int, { description: 'The lot.' }) lotNo: number,
    @Arg('reason', () => ShortText, reasonArgument) reason: string,
    @Arg('idempotencyKey', () => IdempotencyKey, keyArgument) idempotencyKey: string,
    @Arg('credits', () => Credits, { nullable: true, description: 'How many of the lot.' })
    credits: number | null | undefined,
  ): Promise<CreditBalanceType | Refused> {
    const by = ctx.adminScope(idArgument<AccountId>(accountId))
    const input = { lotNo, reason, idempotencyKey, credits: credits ?? null }
    const result = await rollBackByAdministrator(this.deps, by, input)
    return result.ok ? this.present(by) : refuse(rollBackRefusals, result.reason)
  }

  @Access('platformAdmin')
  @Mutation(() => CreditBalanceResult, {
    description:
      'Gives back what one message had cost, to the lots that it came from. For administrators of the platform.',
  })
  async refundMessage(
    @Ctx() ctx: GraphContext,
    @Arg('accountId', () => ID, accountArgument) accountId: string,
    @Arg('messageId', () => ID, { description: 'The message.' }) messageId: string,
    @Arg('reason', () => ShortText, reasonArgument) reason: string,
    @Arg('idempotencyKey', () => IdempotencyKey, keyArgument) idempotencyKey: string,
  ): Promise<CreditBalanceType | Refused> {
    const by = ctx.adminScope(idArgument<AccountId>(accountId))
    const input = { messageId: idArgument<MessageId>(messageId), reason, idempotencyKey }
    const result = await refundByAdministrator(this.deps, by, input)
    return result.ok ? this.present(by) : refuse(refundRefusals, result.reason)
  }

  private async present({ accountId }: Pick<Corrector, 'accountId'>): Promise<CreditBalanceType> {
    const balance = await readCreditBalance(this.deps.db, accountId)
    assert(balance, 'every account has a balance')
    return balance
  }
}
