import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import { Access, GraphContext, refuse, type Refused } from '../../../platform/graphql/index.js'
import { clearFraudWarning } from '../clear-fraud-warning.js'
import { correctDifference, listDifferences } from '../correct-difference.js'
import {
  BillingDifferenceType,
  ClearedFraudWarningResult,
  type ClearedFraudWarningType,
  CorrectedDifferenceResult,
  type CorrectedDifferenceType,
} from './billing.types.js'
import type { PurchaseDeps } from './purchases.resolver.js'
import { linkRefusals, warningRefusals } from './refusals.js'

/** What administrators see and correct of the comparison with the payment provider. */
@Resolver()
export class ReconciliationResolver {
  constructor(private readonly deps: PurchaseDeps) {}

  @Access('platformAdmin')
  @Query(() => [BillingDifferenceType], {
    description:
      'What the payment provider has and that makes no sense here, oldest first. For administrators of the platform.',
  })
  async billingDifferences(): Promise<BillingDifferenceType[]> {
    return listDifferences(this.deps)
  }

  @Access('platformAdmin')
  @Mutation(() => CorrectedDifferenceResult, {
    description:
      'Fetches the object of a difference again and applies it. For administrators of the platform.',
  })
  async correctBillingDifference(
    @Ctx() ctx: GraphContext,
    @Arg('id', () => ID, { description: 'The difference.' }) id: string,
  ): Promise<CorrectedDifferenceType | Refused> {
    const { billing } = this.deps
    if (billing === null) return refuse(linkRefusals, 'billing-off')
    const result = await correctDifference(billing, id)
    ctx.logger.info({ operation: 'correctBillingDifference', userId: ctx.adminActor.id }, 'billing.corrected')
    return result.ok ? { resolved: result.resolved } : refuse(linkRefusals, result.reason)
  }

  @Access('platformAdmin')
  @Mutation(() => ClearedFraudWarningResult, {
    description:
      'Lets an account send again whose payment was reported as fraud, after somebody looked into it. For administrators of the platform.',
  })
  async clearFraudWarning(
    @Ctx() ctx: GraphContext,
    @Arg('paymentId', () => ID, { description: "The payment provider's id of the payment." })
    paymentId: string,
    @Arg('reason', () => String, { description: 'What was found; kept with the payment.' }) reason: string,
  ): Promise<ClearedFraudWarningType | Refused> {
    const { billing } = this.deps
    if (billing === null) return refuse(warningRefusals, 'billing-off')
    const actor = `admin:${ctx.adminActor.id}`
    const result = await clearFraudWarning(billing, { paymentId, actor, reason })
    ctx.logger.info({ operation: 'clearFraudWarning', userId: ctx.adminActor.id }, 'billing.cleared')
    return result.ok ? { paymentId } : refuse(warningRefusals, result.reason)
  }
}
