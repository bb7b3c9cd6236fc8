import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import type { AccountId } from '../../../kernel/ids.js'
import {
  Access,
  Credits,
  GraphContext,
  idArgument,
  IdempotencyKey,
  refuse,
  ShortText,
  type Refused,
} from '../../../platform/graphql/index.js'
import type { Clock } from '../../../kernel/clock.js'
import type { Db } from '../../../platform/db/data-source.js'
import type { BillingDeps } from '../billing-deps.js'
import { buyCredits } from '../buy-credits.js'
import { cancelPlan, keepPlan, type CancelPlanResult } from '../cancel-plan.js'
import { changePlan } from '../change-plan.js'
import { confirmTopUp } from '../confirm-top-up.js'
import { openPortal } from '../open-portal.js'
import { readBilling } from '../read-billing.js'
import { setTopUp } from '../set-top-up.js'
import { startPlan, type StartPlanResult } from '../start-plan.js'
import {
  BillingLinkResult,
  type BillingLinkType,
  BillingOrderResult,
  type BillingOrderType,
  BillingResult,
  type BillingType,
  TopUpModeEnum,
} from './billing.types.js'
import { linkRefusals, orderRefusals, planRefusals, topUpRefusals } from './refusals.js'

export interface PurchaseDeps {
  readonly db: Db
  readonly clock: Clock
  /** Null where no payment provider is set up. */
  readonly billing: BillingDeps | null
}

const keyArgument = { description: 'Repeating the request with the same key changes nothing.' }

/** What members do with money: buying, plans, automatic top-up. */
@Resolver()
export class PurchasesResolver {
  constructor(private readonly deps: PurchaseDeps) {}

  @Access('owner')
  @Mutation(() => BillingOrderResult, {
    description:
      'Begins to buy a pack of credits. The credits come when it is paid at the page of the order.',
  })
  async buyCredits(
    @Ctx() ctx: GraphContext,
    @Arg('code', () => ShortText, { description: 'The pack, by its code on the price list.' }) code: string,
    @Arg('idempotencyKey', () => IdempotencyKey, keyArgument) idempotencyKey: string,
  ): Promise<BillingOrderType | Refused> {
    const { accountId } = ctx.scope
    return this.order((billing) => buyCredits(billing, { accountId, code, idempotencyKey }))
  }

  @Access('owner')
  @Mutation(() => BillingOrderResult, {
    description: 'Begins a subscription. It starts when it is taken out at the page of the order.',
  })
  async startPlan(
    @Ctx() ctx: GraphContext,
    @Arg('code', () => ShortText, { description: 'The plan, by its code on the price list.' }) code: string,
    @Arg('idempotencyKey', () => IdempotencyKey, keyArgument) idempotencyKey: string,
  ): Promise<BillingOrderType | Refused> {
    const { accountId } = ctx.scope
    return this.order((billing) => startPlan(billing, { accountId, code, idempotencyKey }))
  }

  @Access('owner')
  @Mutation(() => BillingResult, {
    description:
      'Moves the account to another plan: to a larger one at once, for the price of the time that is left; to a smaller one from the next month on.',
  })
  async changePlan(
    @Ctx() ctx: GraphContext,
    @Arg('code', () => ShortText, { description: 'The plan, by its code on the price list.' }) code: string,
    @Arg('idempotencyKey', () => IdempotencyKey, keyArgument) idempotencyKey: string,
  ): Promise<BillingType | Refused> {
    const { accountId } = ctx.scope
    const { billing } = this.deps
    if (billing === null) return refuse(planRefusals, 'billing-off')
    const result = await changePlan(billing, { accountId, code, idempotencyKey })
    return result.ok ? this.present(accountId) : refuse(planRefusals, result.reason)
  }

  @Access('owner')
  @Mutation(() => BillingResult, {
    description: 'Ends the subscription: when the month that is paid ends, or at once, which stops sending.',
  })
  async cancelPlan(
    @Ctx() ctx: GraphContext,
    @Arg('atPeriodEnd', () => Boolean, {
      defaultValue: true,
      description: 'False ends it at once.',
    })
    atPeriodEnd: boolean,
  ): Promise<BillingType | Refused> {
    const { accountId } = ctx.scope
    return this.endOrKeep(accountId, (billing) => cancelPlan(billing, { accountId, atPeriodEnd }))
  }

  @Access('owner')
  @Mutation(() => BillingResult, {
    description: 'Takes a cancellation back that has not come yet.',
  })
  async keepPlan(@Ctx() ctx: GraphContext): Promise<BillingType | Refused> {
    const { accountId } = ctx.scope
    return this.endOrKeep(accountId, (billing) => keepPlan(billing, accountId))
  }

  @Access('owner')
  @Mutation(() => BillingLinkResult, {
    description: "Opens the payment provider's own page for cards and invoices.",
  })
  async openBillingPortal(@Ctx() ctx: GraphContext): Promise<BillingLinkType | Refused> {
    const { billing } = this.deps
    if (billing === null) return refuse(linkRefusals, 'billing-off')
    return openPortal(billing, ctx.scope.accountId)
  }

  @Access('owner')
  @Mutation(() => BillingResult, {
    description: 'Sets the terms of automatic top-up. Switching it on forgets earlier declines.',
  })
  async setTopUp(
    @Ctx() ctx: GraphContext,
    @Arg('enabled', () => Boolean, { description: 'Whether it is on.' }) enabled: boolean,
    @Arg('thresholdCredits', () => Credits, {
      description: 'It begins when fewer credits than this are available.',
    })
    thresholdCredits: number,
    @Arg('mode', () => TopUpModeEnum, { description: 'How much is bought.' }) mode: 'fixed' | 'target',
    @Arg('credits', () => Credits, { description: 'Credits to buy, or to reach.' }) credits: number,
    @Arg('monthlyCapMinor', () => Int, {
      description: 'What a month may cost at most, in the smallest unit of the currency.',
    })
    monthlyCapMinor: number,
  ): Promise<BillingType | Refused> {
    const { accountId } = ctx.scope
    const { billing } = this.deps
    if (billing === null) return refuse(topUpRefusals, 'billing-off')
    const terms = { enabled, thresholdCredits, mode, credits, monthlyCapMinor }
    const result = await setTopUp(billing, accountId, terms)
    return result.ok ? this.present(accountId) : refuse(topUpRefusals, result.reason)
  }

  @Access('owner')
  @Mutation(() => BillingLinkResult, {
    description: 'The page at which the card holder confirms a top-up that the bank asked about.',
  })
  async confirmTopUp(
    @Ctx() ctx: GraphContext,
    @Arg('topUpId', () => ID, { description: 'The top-up.' }) topUpId: string,
  ): Promise<BillingLinkType | Refused> {
    const { billing } = this.deps
    if (billing === null) return refuse(linkRefusals, 'billing-off')
    const { accountId } = ctx.scope
    const result = await confirmTopUp(billing, { accountId, topUpId: idArgument(topUpId) })
    return result.ok ? { url: result.url } : refuse(linkRefusals, result.reason)
  }

  private async order(
    begin: (billing: BillingDeps) => Promise<StartPlanResult>,
  ): Promise<BillingOrderType | Refused> {
    const { billing } = this.deps
    if (billing === null) return refuse(orderRefusals, 'billing-off')
    const result = await begin(billing)
    return result.ok ? result.order : refuse(orderRefusals, result.reason)
  }

  private async endOrKeep(
    accountId: AccountId,
    change: (billing: BillingDeps) => Promise<CancelPlanResult>,
  ): Promise<BillingType | Refused> {
    const { billing } = this.deps
    if (billing === null) return refuse(planRefusals, 'billing-off')
    const result = await change(billing)
    return result.ok ? this.present(accountId) : refuse(planRefusals, result.reason)
  }

  private present(accountId: AccountId): Promise<BillingType> {
    return readBilling(this.deps, accountId)
  }
}
