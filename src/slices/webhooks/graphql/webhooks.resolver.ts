import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import type { Clock } from '../../../kernel/clock.js'
import { actorText } from '../../../platform/access/viewer.js'
import type { Db } from '../../../platform/db/data-source.js'
import {
  Access,
  commonRefusals,
  GraphContext,
  keyset,
  PageArgs,
  refuse,
  type Page,
  type Refused,
} from '../../../platform/graphql/index.js'
import { listQuarantined } from '../list-quarantined.js'
import { replayWebhook } from '../replay-webhook.js'
import { ReplayWebhookResult, StoredWebhookConnection, StoredWebhookType } from './webhooks.types.js'

const oldestFirst = keyset('quarantined-webhooks', 'integer')

const replayRefusals = {
  'not-found': { ...commonRefusals['not-found'], message: 'There is no stored call with this id.' },
  'still-waiting': {
    message: 'This call is waiting to be applied anyway.',
    remedy: 'Wait a little, then look again.',
  },
} as const

@Resolver()
export class WebhooksResolver {
  constructor(private readonly deps: { db: Db; clock: Clock }) {}

  @Access('platformAdmin')
  @Query(() => StoredWebhookConnection, {
    description: 'Calls of providers that could not be applied and were set aside, oldest first.',
  })
  async quarantinedWebhooks(@Args(() => PageArgs) page: PageArgs): Promise<Page<StoredWebhookType>> {
    const request = oldestFirst.read(page)
    const rows = await listQuarantined(this.deps, {
      afterId: request.after === null ? null : String(request.after[0]),
      limit: request.limit,
    })
    return oldestFirst.page(rows, request, { key: (row) => [Number(row.id)], node: (row) => row })
  }

  @Access('platformAdmin')
  @Mutation(() => ReplayWebhookResult, {
    description:
      'Has a stored call applied again: one that was set aside, or one that was applied, which changes nothing that stands already.',
  })
  async replayWebhook(
    @Ctx() ctx: GraphContext,
    @Arg('id', () => ID, { description: 'The stored call.' }) id: string,
  ): Promise<StoredWebhookType | Refused> {
    const result = await replayWebhook(this.deps, { id, actor: actorText(ctx.adminActor) })
    if (!result.ok) return refuse(replayRefusals, result.reason)
    ctx.logger.info({ operation: 'replayWebhook', jobId: id }, 'webhooks.event.replayed')
    return Object.assign(new StoredWebhookType(), result.webhook)
  }
}
