import type { CallFate } from '../carrier/carrier-faults.js'
import type { TransactionFault } from '../database/database-faults.js'
import type { AccountPlan, Scenario } from '../scenario/draw-scenario.js'

/** Words for scenarios in which a certain harm can show. */
export type Focus = (scenario: Scenario) => Scenario

export const all =
  (...parts: readonly Focus[]): Focus =>
  (scenario) =>
    parts.reduce((so, part) => part(so), scenario)

export const withFates =
  (...fates: readonly (readonly [number, CallFate])[]): Focus =>
  (scenario) => ({ ...scenario, carrier: { ...scenario.carrier, fates } })

export const withCarrier =
  (carrier: Partial<Scenario['carrier']>): Focus =>
  (scenario) => ({ ...scenario, carrier: { ...scenario.carrier, ...carrier } })

export const withTransactions =
  (weights: Partial<Record<TransactionFault, number>>): Focus =>
  (scenario) => ({ ...scenario, database: { weights } })

export const withAccounts =
  (change: (plan: AccountPlan) => AccountPlan): Focus =>
  (scenario) => ({ ...scenario, accounts: scenario.accounts.map(change) })

export const withPlan =
  (plan: Partial<Scenario>): Focus =>
  (scenario) => ({ ...scenario, ...plan })

/** Credits for everybody, one campaign that runs. */
export const funded: Focus = withAccounts((plan) => ({
  ...plan,
  credits: 12,
  reserve: 0,
  expiringCredits: 0,
  singles: [],
  campaigns: plan.campaigns
    .slice(0, 1)
    .map((campaign) => ({ ...campaign, begin: 'running', capCredits: null, expiresInMs: null })),
}))

export const policy = (unknownPolicy: 'P0' | 'P1', fenced: boolean): Focus =>
  all(
    withPlan({ fenced }),
    withAccounts((plan) => ({ ...plan, policy: unknownPolicy })),
  )
