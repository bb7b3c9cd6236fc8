import type { DateTime } from 'luxon'
import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql'
import {
  Access,
  GraphContext,
  idArgument,
  Instant,
  keyset,
  loadBatched,
  PageArgs,
  refuse,
  type Page,
  type Refused,
} from '../../../platform/graphql/index.js'
import type { DeliveryState } from '../domain/delivery-state.js'
import type { EndpointDeps } from '../endpoint-deps.js'
import { attemptsOf, listDeliveries, readBodies, readDelivery } from '../list-endpoints.js'
import { liveDeliveries } from '../live-deliveries.js'
import { redeliver, redeliverFailed } from '../redeliver.js'
import { sendTestEvent } from '../send-test-event.js'
import {
  WebhookAttemptType,
  WebhookDeliveryConnection,
  WebhookDeliveryResult,
  WebhookDeliveryStateEnum,
  WebhookDeliveryType,
  WebhookLogStateType,
  WebhookRedelivery,
  WebhookRedeliveryResult,
} from './endpoints.types.js'
import { notFound, redeliverRefusals, testRefusals } from './refusals.js'

const newestFirst = keyset('webhook-deliveries', 'uuid')

const readAttempts = (
  ctx: GraphContext,
  deliveryIds: readonly string[],
): Promise<ReadonlyMap<string, WebhookAttemptType[]>> =>
  attemptsOf(ctx.services.db, ctx.scope.accountId, deliveryIds)

const readBodiesOf = (
  ctx: GraphContext,
  deliveryIds: readonly string[],
): Promise<ReadonlyMap<string, string>> => readBodies(ctx.services.db, ctx.scope.accountId, deliveryIds)

@Resolver(() => WebhookDeliveryType)
export class DeliveriesResolver {
  constructor(private readonly deps: EndpointDeps) {}

  @Access('owner')
  @Query(() => WebhookDeliveryConnection, {
    description:
      'The delivery log of a webhook endpoint, the newest first. What ended is kept for thirty days.',
  })
  async webhookDeliveries(
    @Ctx() ctx: GraphContext,
    @Arg('endpointId', () => ID, { description: 'The endpoint.' }) endpointId: string,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('states', () => [WebhookDeliveryStateEnum], {
      nullable: true,
      description: 'Only those in these states.',
    })
    states: DeliveryState[] | null | undefined,
    @Arg('types', () => [String], { nullable: true, description: 'Only those of these events.' })
    types: string[] | null | undefined,
  ): Promise<Page<WebhookDeliveryType>> {
    const request = newestFirst.read(page)
    const rows = await listDeliveries(
      this.deps.db,
      ctx.scope.accountId,
      { endpointId: idArgument(endpointId), states: states ?? null, types: types ?? null },
      { beforeId: request.after?.[0] ?? null, limit: request.limit },
    )
    return newestFirst.page(rows, request, { key: (row) => [row.id], node: (row) => row })
  }

  @Access('owner')
  @Query(() => WebhookDeliveryType, {
    nullable: true,
    description: 'One delivery; null for one that is not there, or no longer.',
  })
  async webhookDelivery(
    @Ctx() ctx: GraphContext,
    @Arg('deliveryId', () => ID, { description: 'The delivery.' }) deliveryId: string,
  ): Promise<WebhookDeliveryType | null> {
    return readDelivery(this.deps.db, ctx.scope.accountId, idArgument(deliveryId))
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The body, byte for byte as it is signed and sent; null for one that is no longer there.',
  })
  async body(@Root() delivery: WebhookDeliveryType, @Ctx() ctx: GraphContext): Promise<string | null> {
    return (await loadBatched(ctx, readBodiesOf, delivery.id)) ?? null
  }

  @FieldResolver(() => [WebhookAttemptType], { description: 'Every call so far, in order.' })
  async attempts(
    @Root() delivery: WebhookDeliveryType,
    @Ctx() ctx: GraphContext,
  ): Promise<WebhookAttemptType[]> {
    return (await loadBatched(ctx, readAttempts, delivery.id)) ?? []
  }

  @Access('owner')
  @Mutation(() => WebhookDeliveryResult, {
    description: 'Sends an endpoint an event of the type `webhook.test`, signed and logged like any other.',
  })
  async sendTestEvent(
    @Ctx() ctx: GraphContext,
    @Arg('endpointId', () => ID, { description: 'The endpoint.' }) endpointId: string,
  ): Promise<WebhookDeliveryType | Refused> {
    const { accountId } = ctx.scope
    const result = await sendTestEvent(this.deps, accountId, idArgument(endpointId))
    return result.ok ? this.deliveryNow(ctx, result.deliveryId) : refuse(testRefusals, result.reason)
  }

  @Access('owner')
  @Mutation(() => WebhookDeliveryResult, {
    description: 'Sends a delivery that ended once more, delivered or not, under the same `webhook-id`.',
  })
  async redeliverWebhook(
    @Ctx() ctx: GraphContext,
    @Arg('deliveryId', () => ID, { description: 'The delivery.' }) deliveryId: string,
  ): Promise<WebhookDeliveryType | Refused> {
    const id = idArgument(deliveryId)
    const result = await redeliver(this.deps, ctx.scope.accountId, id)
    return result.ok ? this.deliveryNow(ctx, id) : refuse(redeliverRefusals, result.reason)
  }

  @Access('owner')
  @Mutation(() => WebhookRedeliveryResult, {
    description: 'Sends all that failed of events since a moment once more, 5,000 at most. Safe to repeat.',
  })
  async redeliverFailedWebhooks(
    @Ctx() ctx: GraphContext,
    @Arg('endpointId', () => ID, { description: 'The endpoint.' }) endpointId: string,
    @Arg('since', () => Instant, { description: 'Events from then on.' }) since: DateTime,
  ): Promise<WebhookRedelivery | Refused> {
    const input = { endpointId: idArgument(endpointId), since: since.toJSDate() }
    const result = await redeliverFailed(this.deps, ctx.scope.accountId, input)
    if (!result.ok) return refuse(notFound, result.reason)
    return Object.assign(new WebhookRedelivery(), { asked: result.asked })
  }

  @Access('owner')
  @Subscription(() => WebhookLogStateType, {
    nullable: true,
    description:
      'How the delivery log of an endpoint stands, and then each time that it stands otherwise. Null for one that is not there.',
    subscribe: ({ args, context }) => {
      const { services, scope } = context as GraphContext
      const { endpointId } = args as { endpointId: string }
      return liveDeliveries(services, scope.accountId, idArgument(endpointId))
    },
  })
  webhookLog(
    @Arg('endpointId', () => ID, { description: 'The endpoint.' }) _endpointId: string,
    @Root() state: (Omit<WebhookLogStateType, 'enabled'> & { state: string }) | null,
  ): WebhookLogStateType | null {
    return state === null ? null : { ...state, enabled: state.state === 'enabled' }
  }

  private async deliveryNow(ctx: GraphContext, id: string): Promise<WebhookDeliveryType | Refused> {
    const found = await readDelivery(this.deps.db, ctx.scope.accountId, id)
    return found === null ? refuse(notFound, 'not-found') : Object.assign(new WebhookDeliveryType(), found)
  }
}
