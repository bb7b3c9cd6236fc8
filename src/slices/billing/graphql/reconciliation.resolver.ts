import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import { Access, GraphContext, refuse, type Refused } from '../../../platform/graphql/index.js'
import { correctDifference, listDifferences } from '../correct-difference.js'
import {
  BillingDifferenceType,
  CorrectedDifferenceResult,
  type CorrectedDifferenceType,
} from './billing.types.js'
import type { PurchaseDeps } from './purchases.resolver.js'
import { linkRefusals } from './refusals.js'

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
}
