import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import { parseId, type AccountId } from '../../../kernel/ids.js'
import type { Clock } from '../../../kernel/clock.js'
import { actorText } from '../../../platform/access/viewer.js'
import type { Db } from '../../../platform/db/data-source.js'
import {
  Access,
  commonRefusals,
  GraphContext,
  idArgument,
  keyset,
  PageArgs,
  refuse,
  ShortText,
  type Page,
  type Refused,
} from '../../../platform/graphql/index.js'
import { acknowledgeBreach } from '../acknowledge-breach.js'
import { invariants } from '../invariants.js'
import { listBreaches, listLooks } from '../list-breaches.js'
import type { Breach } from '../store/breach-rows.js'
import { AuditBreachConnection, AuditBreachResult, AuditBreachType, AuditLookType } from './audit.types.js'

const newestFirst = keyset('audit-breaches', 'integer')

const refusals = {
  'not-found': { ...commonRefusals['not-found'], message: 'There is no breach with this id.' },
  'reason-missing': { message: 'No reason was given.', remedy: 'Say why sending may go on in spite of it.' },
  'already-acknowledged': {
    message: 'Somebody has answered for this breach already.',
    remedy: 'Read the reason that was given.',
  },
} as const

/** What administrators of the platform see of the live audit, and how they answer for what it has found. */
@Resolver()
export class AuditResolver {
  constructor(private readonly deps: { db: Db; clock: Clock }) {}

  @Access('platformAdmin')
  @Query(() => AuditBreachConnection, {
    description: 'Breaches that the audit has found, newest first. For administrators of the platform.',
  })
  async auditBreaches(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('accountId', () => ID, { nullable: true, description: 'Only those of this account.' })
    accountId: string | null,
    @Arg('openOnly', () => Boolean, {
      defaultValue: false,
      description: 'Only those that stand and that nobody has answered for.',
    })
    openOnly: boolean,
  ): Promise<Page<AuditBreachType>> {
    const request = newestFirst.read(page)
    const rows = await listBreaches(this.deps, {
      openOnly,
      accountId: accountId == null ? null : idArgument<AccountId>(accountId),
      beforeId: request.after === null ? null : String(request.after[0]),
      limit: request.limit,
    })
    return newestFirst.page(rows, request, { key: (row) => [Number(row.id)], node: toBreach })
  }

  @Access('platformAdmin')
  @Query(() => [AuditLookType], {
    description:
      'When the live audit has looked last, and what that cost. For administrators of the platform.',
  })
  async auditLooks(): Promise<AuditLookType[]> {
    return listLooks(this.deps)
  }

  @Access('platformAdmin')
  @Mutation(() => AuditBreachResult, {
    description:
      'Answers for a breach: it stops nobody any more. Lets nobody send by itself; `resumeSending` does. For administrators of the platform.',
  })
  async acknowledgeBreach(
    @Ctx() ctx: GraphContext,
    @Arg('id', () => ID, { description: 'The breach.' }) id: string,
    @Arg('reason', () => ShortText, { description: 'Why sending may go on in spite of it; it is kept.' })
    reason: string,
  ): Promise<AuditBreachType | Refused> {
    const actor = actorText(ctx.adminActor)
    // Ids of breaches are numbers; anything else is the id of none.
    const result =
      parseId(id) === null && /^\d{1,18}$/.test(id)
        ? await acknowledgeBreach(this.deps, { id, actor, reason })
        : ({ ok: false, reason: 'not-found' } as const)
    if (!result.ok) return refuse(refusals, result.reason)
    ctx.logger.warn({ jobId: id, code: result.breach.invariant }, 'audit.breach.acknowledged')
    return toBreach(result.breach)
  }
}

function toBreach(breach: Breach): AuditBreachType {
  const invariant = invariants.find(({ id }) => id === breach.invariant)
  return Object.assign(new AuditBreachType(), {
    id: breach.id,
    invariant: breach.invariant,
    rule: invariant?.what ?? 'a rule of an earlier version',
    why: invariant?.why ?? 'a rule of an earlier version',
    accountId: breach.accountId,
    what: breach.what,
    stopsSending: breach.stops,
    firstSeenAt: breach.firstSeenAt,
    acknowledgedAt: breach.acknowledgedAt,
    acknowledgedBy: breach.acknowledgedBy,
    acknowledgedReason: breach.acknowledgedReason,
    clearedAt: breach.clearedAt,
  })
}
