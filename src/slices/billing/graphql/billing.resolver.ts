import { Arg, Args, Ctx, Query, Resolver, Root, Subscription } from 'type-graphql'
import type { Clock } from '../../../kernel/clock.js'
import type { Db } from '../../../platform/db/data-source.js'
import {
  Access,
  EventSeq,
  GraphContext,
  keyset,
  PageArgs,
  type Page,
} from '../../../platform/graphql/index.js'
import type { AccountEvent } from '../../../platform/realtime/event-log.js'
import { liveBilling, subjectOf } from '../live-billing.js'
import {
  listInvoices,
  listOrders,
  listPayments,
  listTopUps,
  readBilling,
  readPriceList,
} from '../read-billing.js'
import {
  BillingEventType,
  BillingInvoiceConnection,
  type BillingInvoiceType,
  BillingOrderConnection,
  type BillingOrderType,
  BillingPaymentConnection,
  type BillingPaymentType,
  BillingType,
  PriceListItemType,
  TopUpConnection,
  type TopUpType,
} from './billing.types.js'

const newestOrders = keyset('billing-orders', 'uuid')
const newestTopUps = keyset('top-ups', 'uuid')
const newestPayments = keyset('billing-payments', 'instant', 'text')
const newestInvoices = keyset('billing-invoices', 'instant', 'text')

@Resolver()
export class BillingResolver {
  constructor(private readonly deps: { db: Db; clock: Clock }) {}

  @Access('viewer')
  @Query(() => [PriceListItemType], { description: 'What is for sale.' })
  async priceList(): Promise<PriceListItemType[]> {
    return readPriceList(this.deps.db)
  }

  @Access('viewer')
  @Query(() => BillingType, { description: 'How the account stands with money.' })
  async billing(@Ctx() ctx: GraphContext): Promise<BillingType> {
    return readBilling(this.deps, ctx.scope.accountId)
  }

  @Access('viewer')
  @Query(() => BillingOrderConnection, { description: 'Purchases that were begun, newest first.' })
  async billingOrders(
    @Ctx() ctx: GraphContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<BillingOrderType>> {
    const request = newestOrders.read(page)
    const after = request.after?.[0] ?? null
    const rows = await listOrders(this.deps.db, ctx.scope.accountId, { after, limit: request.limit })
    return newestOrders.page(rows, request, { key: (row) => [row.id], node: (row) => row })
  }

  @Access('viewer')
  @Query(() => BillingPaymentConnection, { description: 'Payments with their receipts, newest first.' })
  async billingPayments(
    @Ctx() ctx: GraphContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<BillingPaymentType>> {
    const request = newestPayments.read(page)
    const rows = await listPayments(this.deps.db, ctx.scope.accountId, request)
    return newestPayments.page(rows, request, {
      key: (row) => [row.createdAt.toISOString(), row.id],
      node: (row) => row,
    })
  }

  @Access('viewer')
  @Query(() => BillingInvoiceConnection, { description: 'Invoices of subscriptions, newest first.' })
  async billingInvoices(
    @Ctx() ctx: GraphContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<BillingInvoiceType>> {
    const request = newestInvoices.read(page)
    const rows = await listInvoices(this.deps.db, ctx.scope.accountId, request)
    return newestInvoices.page(rows, request, {
      key: (row) => [row.createdAt.toISOString(), row.id],
      node: (row) => row,
    })
  }

  @Access('viewer')
  @Query(() => TopUpConnection, { description: 'Automatic top-ups, newest first.' })
  async topUps(@Ctx() ctx: GraphContext, @Args(() => PageArgs) page: PageArgs): Promise<Page<TopUpType>> {
    const request = newestTopUps.read(page)
    const after = request.after?.[0] ?? null
    const rows = await listTopUps(this.deps.db, ctx.scope.accountId, { after, limit: request.limit })
    return newestTopUps.page(rows, request, { key: (row) => [row.id], node: (row) => row })
  }

  @Access('viewer')
  @Subscription(() => BillingEventType, {
    description: 'What happens to the money of the account, each event once and in order.',
    subscribe: ({ args, context }: { args: { afterSeq?: number | null }; context: GraphContext }) =>
      liveBilling(context.services, context.scope.accountId, args.afterSeq ?? 0),
  })
  billingEvents(
    @Root() event: AccountEvent,
    @Arg('afterSeq', () => EventSeq, {
      nullable: true,
      description: '`seq` of the last event that you have; all there are unless said.',
    })
    _afterSeq: number | null | undefined,
  ): BillingEventType {
    const { payload } = event
    const word = (value: unknown): string | null => (typeof value === 'string' ? value : null)
    return {
      seq: event.seq,
      at: event.at,
      kind: word(payload['kind']) ?? 'other',
      state: word(payload['state'] ?? payload['status'] ?? payload['reason']),
      credits: typeof payload['credits'] === 'number' ? payload['credits'] : null,
      subjectId: subjectOf(payload),
    }
  }
}
