import type { DateTime } from 'luxon'
import { Arg, Args, ArgsType, Ctx, Field, ID, Mutation, Query, Resolver } from 'type-graphql'
import { assert } from '../../../kernel/assert.js'
import type { Clock } from '../../../kernel/clock.js'
import type { AccountId, AttemptId, CampaignId } from '../../../kernel/ids.js'
import type { Random } from '../../../kernel/random.js'
import type { Db } from '../../../platform/db/data-source.js'
import {
  Access,
  GraphContext,
  idArgument,
  IdempotencyKey,
  Instant,
  keyset,
  PageArgs,
  refuse,
  ShortText,
  type Page,
  type Refused,
} from '../../../platform/graphql/index.js'
import { decideUnknown, type DecideDeps } from '../decide-unknown.js'
import { UNPROVEN_REFUND_MS } from '../domain/limits.js'
import type { UnknownDecision, UnknownWindows } from '../domain/unknown-decision.js'
import { inspectUnknownOutcome, listUnknownOutcomes } from '../unknown-outcomes.js'
import { toInspection, toUnknownOutcome } from './to-unknown-outcome.js'
import { UnknownDecisionEnum, UnknownOutcomeStateEnum } from './unknown-enums.types.js'
import {
  DecideUnknownResult,
  UnknownOutcomeConnection,
  UnknownOutcomeInspectionType,
  type UnknownOutcomeType,
} from './unknown-outcomes.types.js'
import { decideRefusals } from './unknown-refusals.js'

const oldestFirst = keyset('unknown-outcomes', 'uuid')
const accountArgument = { description: 'The account to act on.' }
const attemptArgument = { description: 'The attempt.' }

/** An inspection is two dozen reads. */
const INSPECTION_COST = 100

type State = (typeof UnknownOutcomeStateEnum)[keyof typeof UnknownOutcomeStateEnum]

@ArgsType()
class UnknownOutcomesArgs extends PageArgs {
  @Field(() => [UnknownOutcomeStateEnum], {
    nullable: true,
    description: 'Only those in one of these states; those that are unknown unless told.',
  })
  states?: State[] | null

  @Field(() => ID, { nullable: true, description: 'Only those of this campaign.' })
  campaignId?: string | null

  @Field(() => Instant, { nullable: true, description: 'Only calls authorised before this moment.' })
  before?: DateTime | null
}

interface ResolverDeps {
  db: Db
  clock: Clock
  random: Random
  config: { protocol: Omit<UnknownWindows, 'unprovenRefundMs'> }
}

@Resolver()
export class UnknownOutcomesResolver {
  private readonly deps: DecideDeps

  constructor({ db, clock, random, config }: ResolverDeps) {
    const { clockSkewMs, listLagMs, validityMs } = config.protocol
    const windows = { clockSkewMs, listLagMs, validityMs, unprovenRefundMs: UNPROVEN_REFUND_MS }
    this.deps = { db, clock, random, windows }
  }

  @Access('viewer')
  @Query(() => UnknownOutcomeConnection, {
    description:
      'Calls to the carrier whose outcome nobody knows, oldest first, with the credits that they hold.',
  })
  async unknownOutcomes(
    @Ctx() ctx: GraphContext,
    @Args(() => UnknownOutcomesArgs) args: UnknownOutcomesArgs,
  ): Promise<Page<UnknownOutcomeType>> {
    return this.list(ctx.scope.accountId, args)
  }

  @Access('viewer')
  @Query(() => UnknownOutcomeInspectionType, {
    nullable: true,
    complexity: INSPECTION_COST,
    description: 'One call to the carrier with everything that is known of it.',
  })
  async unknownOutcome(
    @Ctx() ctx: GraphContext,
    @Arg('attemptId', () => ID, attemptArgument) attemptId: string,
  ): Promise<UnknownOutcomeInspectionType | null> {
    const { accountId, role } = ctx.scope
    const found = await inspectUnknownOutcome(this.deps, accountId, idArgument<AttemptId>(attemptId))
    return found === null ? null : toInspection(found, role)
  }

  @Access('platformAdmin')
  @Query(() => UnknownOutcomeConnection, {
    description: 'The same of one account or of all, for administrators of the platform.',
  })
  async unknownOutcomesOf(
    @Args(() => UnknownOutcomesArgs) args: UnknownOutcomesArgs,
    @Arg('accountId', () => ID, { nullable: true, description: 'The account; all of them unless told.' })
    accountId: string | null | undefined,
  ): Promise<Page<UnknownOutcomeType>> {
    return this.list(accountId == null ? null : idArgument<AccountId>(accountId), args)
  }

  @Access('platformAdmin')
  @Query(() => UnknownOutcomeInspectionType, {
    nullable: true,
    complexity: INSPECTION_COST,
    description: 'One call of any account, for administrators of the platform; without the number.',
  })
  async unknownOutcomeOf(
    @Ctx() ctx: GraphContext,
    @Arg('accountId', () => ID, accountArgument) accountId: string,
    @Arg('attemptId', () => ID, attemptArgument) attemptId: string,
  ): Promise<UnknownOutcomeInspectionType | null> {
    const scope = ctx.adminScope(idArgument<AccountId>(accountId))
    const found = await inspectUnknownOutcome(this.deps, scope.accountId, idArgument<AttemptId>(attemptId))
    return found === null ? null : toInspection(found, null)
  }

  @Access('platformAdmin')
  @Mutation(() => DecideUnknownResult, {
    complexity: INSPECTION_COST,
    description:
      'Decides about an unknown outcome. The decision, its reason and who made it stay in the history. For administrators of the platform.',
  })
  async decideUnknownOutcome(
    @Ctx() ctx: GraphContext,
    @Arg('accountId', () => ID, accountArgument) accountId: string,
    @Arg('attemptId', () => ID, attemptArgument) attemptId: string,
    @Arg('decision', () => UnknownDecisionEnum, { description: 'What becomes of it.' })
    decision: UnknownDecision,
    @Arg('reason', () => ShortText, { description: 'Why; it stays in the history of the message.' })
    reason: string,
    @Arg('idempotencyKey', () => IdempotencyKey, {
      description: 'Repeating the request with the same key changes nothing.',
    })
    idempotencyKey: string,
  ): Promise<UnknownOutcomeInspectionType | Refused> {
    const by = ctx.adminScope(idArgument<AccountId>(accountId))
    const input = { attemptId: idArgument<AttemptId>(attemptId), decision, reason, idempotencyKey }
    const result = await decideUnknown(this.deps, by, input)
    if (!result.ok) return refuse(decideRefusals, result.reason)
    ctx.logger.info({ operation: 'decideUnknownOutcome' }, 'messages.unknown.decided')
    const found = await inspectUnknownOutcome(this.deps, by.accountId, input.attemptId)
    assert(found, 'what was decided about is there')
    return toInspection(found, null)
  }

  private async list(
    accountId: AccountId | null,
    args: UnknownOutcomesArgs,
  ): Promise<Page<UnknownOutcomeType>> {
    const request = oldestFirst.read(args)
    const kinds = [...new Set(args.states ?? ['unknown' as const])].filter((state) => state !== 'settled')
    const search = {
      kinds,
      campaignId: args.campaignId == null ? null : idArgument<CampaignId>(args.campaignId),
      before: args.before?.toJSDate() ?? null,
    }
    const rows = await listUnknownOutcomes(this.deps, accountId, search, {
      afterId: request.after?.[0] ?? null,
      limit: request.limit,
    })
    return oldestFirst.page(rows, request, { key: (row) => [row.attemptId], node: toUnknownOutcome })
  }
}
