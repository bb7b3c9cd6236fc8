import { Arg, Args, Ctx, ID, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql'
import type { AccountId } from '../../../kernel/ids.js'
import type { Clock } from '../../../kernel/clock.js'
import { actorText } from '../../../platform/access/viewer.js'
import type { Db } from '../../../platform/db/data-source.js'
import {
  Access,
  badUserInput,
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
import { listBreaches, listLooks } from '../list-breaches.js'
import { liveBreaches } from '../live-breaches.js'
import type { Breach } from '../store/breach-rows.js'
import { AuditBreachConnection, AuditBreachResult, AuditBreachType, AuditLookType } from './audit.types.js'
import { toBreach } from './to-breach.js'

const newestFirst = keyset('audit-breaches', 'integer')

const refusals = {
  'not-found': { ...commonRefusals['not-found'], message: 'There is no breach with this id.' },
  'reason-missing': { message: 'No reason was given.', remedy: 'Say why sending may go on in spite of it.' },
  'already-acknowledged': {
    message: 'Somebody has answered for this breach already.',
    remedy: 'Read the reason that was given.',
  },
} as const

/** Ids of breaches are numbers; anything else is the id of none. */
const isBreachId = (id: string): boolean => /^\d{1,18}$/.test(id)

async function watchBreaches(
  { afterId }: { afterId?: string | null },
  ctx: GraphContext,
): Promise<AsyncIterable<Breach>> {
  if (afterId != null && !isBreachId(afterId)) throw badUserInput('`afterId` is the id of no breach.')
  const { db, events: listener } = ctx.services
  return liveBreaches({ db, listener }, afterId ?? null)
}

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
  @Subscription(() => AuditBreachType, {
    description:
      'Breaches as they are found, each once and in order, whichever process looked. For administrators of the platform.',
    subscribe: ({ args, context }) =>
      watchBreaches(args as { afterId?: string | null }, context as GraphContext),
  })
  auditBreachFound(
    @Root() breach: Breach,
    @Arg('afterId', () => ID, {
      nullable: true,
      description:
        'Only those after this one; leave out for those from now on, give `0` for all that there are.',
    })
    _afterId: string | null | undefined,
  ): AuditBreachType {
    return toBreach(breach)
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
    const result = isBreachId(id)
      ? await acknowledgeBreach(this.deps, { id, actor, reason })
      : ({ ok: false, reason: 'not-found' } as const)
    if (!result.ok) return refuse(refusals, result.reason)
    ctx.logger.warn({ jobId: id, code: result.breach.invariant }, 'audit.breach.acknowledged')
    return toBreach(result.breach)
  }
}
