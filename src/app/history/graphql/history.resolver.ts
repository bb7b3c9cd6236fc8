import { Arg, Args, Ctx, ID, Query, Resolver } from 'type-graphql'
import type { UserId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import {
  Access,
  GraphContext,
  idArgument,
  keyset,
  PageArgs,
  type Page,
} from '../../../platform/graphql/index.js'
import { actionWords, detailFacts, type HistoryKind } from '../history-words.js'
import { readHistory, type HistoryRow } from '../read-history.js'
import {
  HistoryActorEnum,
  HistoryConnection,
  HistoryKindEnum,
  type HistoryActor,
  type HistoryEntryType,
} from './history.types.js'

const newestFirst = keyset('account-history', 'instant', 'text')
/** Nine histories are read for one page. */
const HISTORY_COST = 100

@Resolver()
export class HistoryResolver {
  constructor(private readonly deps: { db: Db }) {}

  @Access('owner')
  @Query(() => HistoryConnection, {
    complexity: HISTORY_COST,
    description:
      'Who did what when in the account, newest first: members, keys, settings, consent, campaigns, decisions, credits. Not single texts.',
  })
  async accountHistory(
    @Ctx() ctx: GraphContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('kinds', () => [HistoryKindEnum], { nullable: true, description: 'Only these; all unless told.' })
    kinds: HistoryKind[] | null | undefined,
    @Arg('userId', () => ID, { nullable: true, description: 'Only what this person did.' })
    userId: string | null | undefined,
  ): Promise<Page<HistoryEntryType>> {
    const request = newestFirst.read(page)
    const before = request.after === null ? null : { at: request.after[0], key: request.after[1] }
    const filter = { kinds: kinds ?? null, userId: userId == null ? null : idArgument<UserId>(userId) }
    const rows = await readHistory(this.deps, ctx.scope.accountId, filter, { before, limit: request.limit })
    return newestFirst.page(rows, request, { key: (row) => [row.atText, row.key], node: toEntry })
  }
}

function toEntry({
  key,
  at,
  kind,
  action,
  actor,
  actorName,
  subjectId,
  details,
}: HistoryRow): HistoryEntryType {
  return {
    id: key,
    at,
    kind,
    words: actionWords(action, details),
    actor: actorOf(actor),
    actorName: actor?.startsWith('admin:') === true ? null : actorName,
    subjectId,
    details: detailFacts(action, details),
  }
}

function actorOf(actor: string | null): HistoryActor {
  if (actor === null) return HistoryActorEnum.UNKNOWN
  const kind = actor.split(':', 1)[0]
  return Object.values(HistoryActorEnum).find((known) => known === kind) ?? HistoryActorEnum.PROGRAM
}
