import { callFates, type CallFate, type CarrierFaults } from '../carrier/carrier-faults.js'
import type { DatabaseFaults, TransactionFault } from '../database/database-faults.js'
import type { Dice } from '../world/dice.js'

export interface AccountPlan {
  readonly policy: 'P0' | 'P1'
  readonly credits: number
  readonly reserve: number
  /** Lots that end during the run. */
  readonly expiringCredits: number
  readonly contacts: readonly string[]
  readonly singles: readonly { phone: string; cost: number; expiresInMs: number | null }[]
  readonly campaigns: readonly CampaignPlan[]
}

export interface CampaignPlan {
  readonly begin: 'running' | 'draft' | 'scheduled'
  readonly autoResume: boolean
  readonly twoSegments: boolean
  readonly capCredits: number | null
  readonly expiresInMs: number | null
}

/** Everything that is settled before a run begins, drawn from its seed. Each seed has its own mix of faults. */
export interface Scenario {
  readonly accounts: readonly AccountPlan[]
  readonly fenced: boolean
  readonly workers: number
  readonly batchSize: number
  /** Choices of the scheduler before everything heals. */
  readonly steps: number
  readonly database: DatabaseFaults
  readonly brokenReads: number
  readonly carrier: CarrierFaults
  readonly kills: number
  readonly stalls: number
  readonly clockJumps: number
  readonly administrators: number
  /** What they may do, by name; anything when absent. */
  readonly orders?: readonly string[]
  readonly carrierSkewMs: number
}

/** Half of the difference that the program allows between any two clocks. */
export const SKEW_MAX_MS = 2_400

const phones = ['+12125550101', '+12125550102', '+12125550103', '+12125550104']

export function drawScenario(dice: Dice): Scenario {
  const fenced = dice.chance(0.6)
  const workers = dice.between(1, 3)
  // Texts of appointments that change while their call is out are a small part of everything, and a hard one.
  const isOfAppointments = dice.chance(0.1)
  return {
    fenced,
    workers,
    accounts: Array.from({ length: dice.chance(0.2) ? 2 : 1 }, () =>
      drawAccount(dice, { fenced, singlesMin: isOfAppointments ? 2 : 0 }),
    ),
    batchSize: dice.pick([1, 2, 2, 4]),
    steps: dice.between(40, 110),
    database: { weights: drawTransactionFaults(dice) },
    brokenReads: dice.chance(0.2) ? dice.between(1, 6) : 0,
    carrier: drawCarrier(dice, fenced),
    kills: dice.chance(0.5) ? dice.between(1, 4) : 0,
    stalls: dice.chance(0.5) ? dice.between(1, 4) : 0,
    clockJumps: dice.chance(0.3) ? dice.between(1, 4) : 0,
    administrators: dice.chance(0.8) ? dice.between(1, 7) : 0,
    ...(isOfAppointments ? { administrators: 8, orders: ['take back', 'grant', 'pause'] } : {}),
    carrierSkewMs: dice.chance(0.5) ? dice.between(-SKEW_MAX_MS, SKEW_MAX_MS) : 0,
  }
}

function drawAccount(
  dice: Dice,
  { fenced, singlesMin }: { fenced: boolean; singlesMin: number },
): AccountPlan {
  const contacts = phones.slice(0, dice.between(1, 3))
  return {
    policy: fenced && dice.chance(0.8) ? 'P1' : 'P0',
    credits: dice.chance(0.1) ? 0 : dice.between(1, 9),
    reserve: dice.chance(0.15) ? 1 : 0,
    expiringCredits: dice.chance(0.2) ? dice.between(1, 3) : 0,
    contacts,
    singles: Array.from({ length: singlesMin + (dice.chance(0.5) ? dice.between(1, 2) : 0) }, () => ({
      phone: dice.pick(phones),
      cost: dice.between(1, 2),
      expiresInMs: dice.chance(0.3) ? dice.between(20_000, 400_000) : null,
    })),
    campaigns: Array.from({ length: dice.chance(0.25) ? 2 : 1 }, () => ({
      begin: dice.weighted([
        [8, 'running'],
        [1, 'draft'],
        [1, 'scheduled'],
      ] as const),
      autoResume: dice.chance(0.6),
      twoSegments: dice.chance(0.25),
      capCredits: dice.chance(0.15) ? dice.between(1, 3) : null,
      expiresInMs: dice.chance(0.15) ? dice.between(30_000, 600_000) : null,
    })),
  }
}

function drawTransactionFaults(dice: Dice): Partial<Record<TransactionFault, number>> {
  const weights: Partial<Record<TransactionFault, number>> = {}
  const faults = [
    'conflict',
    'aborted',
    'ack-lost',
    'commit-lost',
    'broken',
    'killed-before-commit',
    'killed-after-commit',
  ] as const
  for (const fault of faults) if (dice.chance(0.3)) weights[fault] = dice.between(1, 5)
  return weights
}

function drawCarrier(dice: Dice, fenced: boolean): CarrierFaults {
  const fates: [number, CallFate][] = [[dice.between(10, 40), 'answered']]
  for (const fate of callFates)
    if (fate !== 'answered' && dice.chance(0.4)) fates.push([dice.between(2, 14), fate])
  return {
    fates,
    codes: dice.pick([[21211], [21610], [21211, 21610, 21614], [21611], [20003], [21606, 21211]]),
    // Past the validity of a text, and far below the day after which an unproven charge is given back.
    lateMaxMs: fenced ? 300_000 : dice.pick([60_000, 300_000, 3_600_000]),
    listLagMaxMs: dice.pick([0, 5_000, 60_000, 115_000]),
    listUnavailable: dice.chance(0.3) ? 30 : 0,
    listDelayMaxMs: dice.chance(0.25) ? 200_000 : 0,
    statusUnavailable: dice.chance(0.2) ? 40 : 0,
    mintUnavailable: dice.chance(0.15) ? 20 : 0,
    callbacks: {
      lost: dice.pick([0, 20, 100]),
      doubled: dice.pick([0, 30]),
      delayMaxMs: dice.pick([2_000, 30_000, 600_000, 10_800_000]),
    },
    undelivered: dice.pick([0, 10, 20]),
    failed: dice.pick([0, 10, 20]),
  }
}
