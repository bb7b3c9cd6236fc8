import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { newId, type AccountId } from '../../src/kernel/ids.js'
import { seededRandom } from '../../src/kernel/random.js'
import { createDataSource, type Db } from '../../src/platform/db/data-source.js'
import { sqlState } from '../../src/platform/db/sql-errors.js'
import { inTransaction, readQuery } from '../../src/platform/db/transaction.js'
import {
  adjustCredits,
  captureHolds,
  chargeLate,
  expireLots,
  grantCredits,
  holdCredits,
  refundCaptures,
  releaseHolds,
  rollBackGrant,
  verifyLedger,
  type LotSource,
} from '../../src/slices/credits/index.js'
import { transferKinds } from '../../src/slices/credits/domain/transfer-kind.js'
import { explainBalance, explainUse } from '../../src/slices/credits/explain-balance.js'
import { anAccount, NOW } from '../support/builders/credits.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { LedgerModel, type ModelResult } from '../support/ledger-model.js'

let database: TestDatabase
/** Three pools: what a step sees does not depend on which connection the step before it used. */
let pools: [Db, Db, Db]

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 4 })
  const more = ['second', 'third'].map((name) =>
    createDataSource({ url: database.url, poolSize: 4, applicationName: name }),
  )
  await Promise.all(more.map((dataSource) => dataSource.initialize()))
  pools = [database.db, { dataSource: more[0]! }, { dataSource: more[1]! }]
})
afterAll(async () => {
  await Promise.all(pools.slice(1).map((pool) => pool.dataSource.destroy()))
  await database.drop()
})

const DAY_MS = 86_400_000
const dayOf = (day: number): Date => new Date(NOW.getTime() + day * DAY_MS)

/** A step names attempts and lots by place; which ones these are depends on what exists when it runs. */
type Step =
  | {
      do: 'grant'
      credits: number
      source: LotSource
      priority: number
      expiresOnDay: number | null
      origin: number
    }
  | { do: 'hold'; costs: number[]; reserve: number; cap: number | null }
  | { do: 'capture' | 'release' | 'refund'; picks: number[]; whatever: boolean }
  | { do: 'hold-again'; picks: number[] }
  /** The carrier has a text after all whose credits were given back. */
  | { do: 'charge-late'; picks: number[]; whatever: boolean }
  | { do: 'expire' }
  | { do: 'adjust'; credits: number; key: number }
  | { do: 'roll-back'; lot: number; credits: number | null; key: number }
  | { do: 'next-day' }
  /** The newest grant, adjustment or rollback once more, as a caller repeats what it had no answer to. */
  | { do: 'again' }

const grants: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('grant' as const),
  credits: fc.integer({ min: 1, max: 10 }),
  source: fc.constantFrom<LotSource>('purchase', 'promotion'),
  priority: fc.constantFrom(50, 50, 10),
  expiresOnDay: fc.constantFrom(null, null, 0, 1, 2),
  origin: fc.nat({ max: 40 }),
})
const holds: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('hold' as const),
  costs: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
  reserve: fc.constantFrom(0, 0, 0, 3, 10),
  cap: fc.option(fc.nat({ max: 12 }), { freq: 3, nil: null }),
})
/** Mostly of attempts that can be settled so; else of whatever there is: duplicates are ordinary steps here. */
const settlements: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom('capture' as const, 'release' as const, 'refund' as const),
  picks: fc.uniqueArray(fc.nat({ max: 3 }), { minLength: 1, maxLength: 3 }),
  whatever: fc.constantFrom(false, false, false, true),
})
const lateCharges: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('charge-late' as const),
  picks: fc.uniqueArray(fc.nat({ max: 3 }), { minLength: 1, maxLength: 3 }),
  whatever: fc.constantFrom(false, false, false, true),
})
const corrections: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('adjust' as const),
    credits: fc.integer({ min: -12, max: 12 }).filter((credits) => credits !== 0),
    key: fc.nat({ max: 30 }),
  }),
  fc.record({
    do: fc.constant('roll-back' as const),
    lot: fc.constantFrom(1, 1, 1, 2, 2, 3, 9),
    credits: fc.option(fc.integer({ min: 1, max: 10 }), { nil: null, freq: 2 }),
    key: fc.nat({ max: 30 }),
  }),
)
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: grants },
  { weight: 5, arbitrary: holds },
  { weight: 8, arbitrary: settlements },
  { weight: 3, arbitrary: corrections },
  { weight: 2, arbitrary: lateCharges },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'expire' }) },
  { weight: 2, arbitrary: fc.constant<Step>({ do: 'next-day' }) },
  { weight: 2, arbitrary: fc.constant<Step>({ do: 'again' }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('hold-again' as const), picks: fc.tuple(fc.nat({ max: 7 })) }),
  },
)

const firstCredits: Step = {
  do: 'grant',
  credits: 40,
  source: 'purchase',
  priority: 50,
  expiresOnDay: 1,
  origin: 100,
}

/** A step whose places are filled in: the same for the database and for the model. */
interface Task {
  step: Step
  actor: string
  now: Date
  /** The attempts that the step holds, settles or refunds. */
  attemptIds: string[]
}

class Run {
  readonly model = new LedgerModel()
  readonly attempts: string[] = []
  private day = 0
  private repeatable: Step = { do: 'expire' }
  private taken = 0

  constructor(readonly accountId: AccountId) {}

  /** Fills in the places of a step. */
  plan(asked: Step): Task {
    const step = asked.do === 'again' ? this.repeatable : asked
    if (['grant', 'adjust', 'roll-back'].includes(step.do)) this.repeatable = step
    this.taken += 1
    if (step.do === 'next-day') this.day += 1
    return {
      step,
      actor: `step:${String(this.taken)}`,
      now: dayOf(this.day),
      attemptIds: this.attemptsFor(step),
    }
  }

  private attemptsFor(step: Step): string[] {
    if (step.do === 'hold') {
      const ids = step.costs.map(() => newId())
      this.attempts.push(...ids)
      return ids
    }
    if (!('picks' in step)) return []
    const candidates = 'whatever' in step && !step.whatever ? this.settleable(step.do) : this.attempts
    return step.picks.flatMap((place) => candidates.at(-1 - place) ?? [])
  }

  private settleable(kind: 'capture' | 'release' | 'refund' | 'charge-late'): string[] {
    if (kind === 'charge-late') return this.model.givenBack(this.attempts)
    const parts =
      kind === 'refund'
        ? [...this.model.parts.filter((part) => part.captureSeq !== null), ...this.model.late].filter(
            (part) => !part.refunded,
          )
        : this.model.parts.filter((part) => !part.settled)
    return [...new Set(parts.map((part) => part.attemptId))]
  }

  async applyToDatabase({ step, actor, now, attemptIds }: Task, db: Db): Promise<ModelResult> {
    const { accountId } = this
    const reason = 'property'
    return inTransaction(db, { name: 'test.step', accountId, random: seededRandom(1) }, async (tx) => {
      switch (step.do) {
        case 'grant':
          return grantCredits(tx, {
            accountId,
            credits: step.credits,
            source: step.source,
            origin: `o:${String(step.origin)}`,
            priority: step.priority,
            expiresAt: step.expiresOnDay === null ? null : dayOf(step.expiresOnDay),
            actor,
          })
        case 'hold':
        case 'hold-again': {
          const requests = attemptIds.map((attemptId, n) => ({
            attemptId,
            cost: step.do === 'hold' ? step.costs[n]! : 1,
          }))
          const limits =
            step.do === 'hold'
              ? { reserveCredits: step.reserve, capCredits: step.cap }
              : { reserveCredits: 0, capCredits: null }
          return { ...(await holdCredits(tx, accountId, requests, { ...limits, now, actor })) }
        }
        case 'capture':
          return captureHolds(tx, accountId, attemptIds, actor)
        case 'release':
          return releaseHolds(tx, accountId, attemptIds, actor)
        case 'refund':
          return refundCaptures(tx, accountId, attemptIds, actor, reason)
        case 'charge-late':
          return { charged: await chargeLate(tx, accountId, attemptIds, actor, reason) }
        case 'adjust':
          return adjustCredits(tx, {
            accountId,
            credits: step.credits,
            key: String(step.key),
            actor,
            reason,
            now,
          })
        case 'roll-back':
          return rollBackGrant(tx, {
            accountId,
            lotNo: step.lot,
            key: String(step.key),
            actor,
            reason,
            ...(step.credits === null ? {} : { credits: step.credits }),
          })
        case 'again':
        case 'expire':
        case 'next-day':
          return expireLots(tx, accountId, now)
      }
    }).catch((error: unknown) => {
      // A hold that is settled or held a second time: the whole transaction is refused.
      if (sqlState(error) === '23505') return { twice: true }
      throw error
    })
  }

  applyToModel({ step, now, attemptIds }: Task): ModelResult {
    const { model } = this
    switch (step.do) {
      case 'grant':
        return model.grant(step.credits, {
          source: step.source,
          priority: step.priority,
          expiresAt: step.expiresOnDay === null ? null : dayOf(step.expiresOnDay).getTime(),
          origin: `o:${String(step.origin)}`,
        })
      case 'hold':
        return model.hold(
          attemptIds.map((attemptId, n) => ({ attemptId, cost: step.costs[n]! })),
          { reserve: step.reserve, cap: step.cap, now: now.getTime() },
        )
      case 'hold-again':
        return this.holdAgainInModel(attemptIds, now.getTime())
      case 'capture':
      case 'release':
      case 'refund':
        return model[step.do](attemptIds)
      case 'charge-late':
        return model.chargeLate(attemptIds)
      case 'adjust':
        return model.adjust(step.credits, String(step.key), now.getTime())
      case 'roll-back':
        return model.rollBack(step.lot, step.credits, String(step.key))
      case 'again':
      case 'expire':
      case 'next-day':
        return model.expire(now.getTime())
    }
  }

  /** An attempt that holds already is refused as long as the new hold would fit, and with it the whole transaction. */
  private holdAgainInModel(attemptIds: readonly string[], now: number): ModelResult {
    const { model } = this
    const holdsAlready = model.parts.some((part) => attemptIds.includes(part.attemptId))
    const due = model.lots.filter((lot) => lot.expiresAt !== null && lot.expiresAt <= now)
    const usable = model.available - due.reduce((credits, lot) => credits + lot.remaining, 0)
    if (holdsAlready && usable >= 1) return { twice: true }
    return model.hold(
      attemptIds.map((attemptId) => ({ attemptId, cost: 1 })),
      { reserve: 0, cap: null, now },
    )
  }
}

/** Every invariant of the ledger as one statement; each column is true when it holds. */
async function brokenInvariants(accountId: AccountId): Promise<string[]> {
  const [row] = await readQuery<Record<string, boolean>>(
    database.db,
    `/* test.invariants */
     with b as (select * from credit_balance where account_id = $1),
     e as (select * from ledger_entry where account_id = $1),
     t as (select * from credit_transfer where account_id = $1),
     l as (select * from credit_lot where account_id = $1),
     of_account as (select ledger_account, sum(amount) as credits from e group by 1),
     open_hold as (select h.* from t h where h.kind = 'hold'
       and not exists (select from t r where r.ref_seq = h.seq and r.kind in ('capture', 'release')))
     select
       b.available = coalesce((select credits from of_account where ledger_account = 'available'), 0) as "available is the sum of its entries",
       b.held = coalesce((select credits from of_account where ledger_account = 'held'), 0) as "held is the sum of its entries",
       b.spent = coalesce((select credits from of_account where ledger_account = 'spent'), 0) as "spent is the sum of its entries",
       b.expired = coalesce((select credits from of_account where ledger_account = 'expired'), 0) as "expired is the sum of its entries",
       b.debt = -coalesce((select credits from of_account where ledger_account = 'debt'), 0) as "debt is the sum of its entries",
       least(b.available, b.held, b.spent, b.expired, b.debt) >= 0 as "no bucket is negative",
       b.available = 0 or b.debt = 0 as "nothing is available next to a debt",
       b.held = coalesce((select sum(amount) from open_hold), 0) as "held is what the open holds hold",
       not exists (select from t where kind in ('capture', 'release') group by ref_seq having count(*) > 1) as "a hold resolves once",
       not exists (select from t where kind = 'refund' group by ref_seq having count(*) > 1) as "a capture is refunded once",
       b.available = coalesce((select sum(remaining) from l), 0) as "what the lots have left is available",
       not exists (select from l where remaining not between 0 and amount) as "a lot has between nothing and its size left",
       not exists (select from l where remaining <> coalesce((select sum(e.amount) from e
         where e.lot_no = l.lot_no and e.ledger_account = 'available'), 0)) as "what a lot has left is the sum of its entries",
       coalesce((select sum(amount) from e), 0) = 0 as "the entries of all ledger accounts add up to zero",
       b.available + b.held + b.spent + b.expired - b.debt = coalesce((select sum(case when kind = 'grant' then amount
         when kind in ('clawback', 'deduction', 'debt_charge') then -amount end) from t), 0) as "credits are neither made nor lost",
       b.head = coalesce((select hash from ledger_block k where k.account_id = $1 order by block_no desc limit 1), '\\x00') as "the head is the newest hash",
       not exists (
         select from (select k.*, lag(hash) over w as before, lag(last_seq) over w as last, lag(block_no) over w as no
           from ledger_block k where k.account_id = $1 window w as (order by block_no)) k
         where k.prev <> coalesce(k.before, '\\x00') or k.first_seq <> coalesce(k.last, 0) + 1 or k.block_no <> coalesce(k.no, 0) + 1
           or k.hash <> block_hash((select x from ledger_block x where x.account_id = $1 and x.block_no = k.block_no),
             (select string_agg(transfer_text(t::credit_transfer), E'\\n' order by seq) from t where seq between k.first_seq and k.last_seq),
             (select string_agg(lot_text(l::credit_lot), E'\\n' order by lot_no) from l where lot_no in
               (select lot_no from t where kind = 'grant' and seq between k.first_seq and k.last_seq)))
       ) as "the chain of hashes is whole",
       b.seq = (select count(*) from t) and b.seq = coalesce((select max(seq) from t), 0) as "the sequence has no gap"
     from b`,
    [accountId],
  )
  return Object.entries(row!).flatMap(([invariant, holds]) => (holds ? [] : [invariant]))
}

/** Chain, sums and lots once more by the program's own verification, and an explanation that adds up. */
async function expectProved(accountId: AccountId): Promise<void> {
  // Each of these throws when its parts do not add up to the balance.
  await explainBalance(database.db, accountId)
  await explainUse(database.db, accountId)
  const verdict = await verifyLedger({ db: database.db, random: seededRandom(1) }, accountId)
  expect(verdict.divergence).toBeNull()
}

/** All that the model knows, as the database has it. */
async function expectSameAsModel(accountId: AccountId, model: LedgerModel): Promise<void> {
  const [row] = await readQuery<{ facts: unknown }>(
    database.db,
    `/* test */ select jsonb_build_object(
       'transfers', (select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'amount', amount, 'lotNo', lot_no, 'refSeq', ref_seq)
          order by seq), '[]') from credit_transfer t where t.account_id = b.account_id),
       'lots', (select coalesce(jsonb_agg(remaining order by lot_no), '[]') from credit_lot l where l.account_id = b.account_id),
       'available', available, 'held', held, 'spent', spent, 'expired', expired, 'debt', debt) as facts
     from credit_balance b where account_id = $1`,
    [accountId],
  )
  const { available, held, spent, expired, debt, transfers } = model
  const lots = model.lots.map((lot) => lot.remaining)
  expect(row?.facts).toEqual({ transfers, lots, available, held, spent, expired, debt })
}

/** Credits that were spent or are in flight when their grant is taken back: the account begins with a debt. */
const intoDebt: Step[] = [
  { do: 'hold', costs: [9, 9, 9, 9], reserve: 0, cap: null },
  { do: 'capture', picks: [0, 1], whatever: false },
  { do: 'roll-back', lot: 1, credits: null, key: 99 },
]
const beginnings = fc.constantFrom<Step[]>([], intoDebt)
const sequences = fc
  .tuple(beginnings, fc.array(steps, { minLength: 10, maxLength: 35, size: 'max' }))
  .map(([beginning, rest]) => [...beginning, ...rest])

test('the sequences reach every kind of transfer and every situation that needs care', () => {
  const seen = new Map<string, number>()
  const see = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1)

  for (const sequence of fc.sample(sequences, { seed: 1, numRuns: 500 })) {
    const run = new Run(newId<AccountId>())
    for (const step of [firstCredits, ...sequence]) {
      const { model } = run
      const before = { debt: model.debt, transfers: model.transfers.length }
      const task = run.plan(step)
      const answer = run.applyToModel(task)
      const posted = model.transfers.slice(before.transfers)
      for (const { kind } of posted) see(kind)
      const late = posted.filter(({ kind }) => kind === 'late_charge')
      if (late.length > 0 && posted.some(({ kind }) => kind === 'debt_charge')) see('late charge owed')
      if (new Set(late.map(({ lotNo }) => lotNo)).size > 1) see('late charge over several lots')
      const isLate = (seq: number | null) => seq !== null && model.transfers[seq - 1]?.kind === 'late_charge'
      if (posted.some(({ refSeq }) => isLate(refSeq))) see('late charge given back')
      if (answer['twice'] === true) see(`${task.step.do} twice`)
      if (answer['repeated'] === true) see(`${task.step.do} repeated`)
      if (before.debt > 0 && posted.length > 0) see(`${task.step.do} under debt`)
      const holds = posted.filter(({ kind }) => kind === 'hold')
      if (new Set(holds.map(({ lotNo }) => lotNo)).size > 1) see('hold over several lots')
      const expiries = model.transfers.filter(({ kind }) => kind === 'expiry').map(({ lotNo }) => lotNo)
      if (posted.some(({ kind }) => kind === 'expiry') && new Set(expiries).size < expiries.length)
        see('expiry again')
    }
  }

  const situations = [
    'capture twice',
    'release twice',
    'hold-again twice',
    'grant repeated',
    'adjust repeated',
    'roll-back repeated',
  ]
  const debts = [
    'grant under debt',
    'release under debt',
    'refund under debt',
    'roll-back under debt',
    'charge-late under debt',
  ]
  const needed = [
    ...Object.keys(transferKinds),
    ...situations,
    ...debts,
    'hold over several lots',
    'expiry again',
    'late charge owed',
    'late charge over several lots',
    'late charge given back',
  ]
  expect(needed.filter((what) => (seen.get(what) ?? 0) < 10)).toEqual([])
})

test('after each step of any sequence every invariant holds, and the ledger is transfer for transfer what the rules say', async () => {
  await fc.assert(
    fc.asyncProperty(sequences, async (sequence) => {
      const run = new Run(await anAccount(database.db))
      for (const [n, step] of [firstCredits, ...sequence].entries()) {
        const task = run.plan(step)
        const answer = await run.applyToDatabase(task, pools[n % 3]!)
        expect(answer).toEqual(run.applyToModel(task))
        expect(await brokenInvariants(run.accountId)).toEqual([])
        await expectSameAsModel(run.accountId, run.model)
      }
      await expectProved(run.accountId)
    }),
    { numRuns: 25, endOnFailure: true },
  )
}, 180_000)

test('steps that run at the same time on three pools end as if they had run one after another, in the order of the ledger', async () => {
  const round = fc.array(steps, { minLength: 2, maxLength: 8, size: 'max' })
  const rounds = fc
    .tuple(beginnings, fc.array(round, { minLength: 2, maxLength: 5, size: 'max' }))
    .map(([beginning, rest]) => [[firstCredits], ...beginning.map((step) => [step]), ...rest])
  await fc.assert(
    fc.asyncProperty(rounds, async (plan) => {
      const run = new Run(await anAccount(database.db))
      for (const round of plan) {
        // One moment for the whole round: the steps of a round see the same day.
        const tasks = round.filter((step) => step.do !== 'next-day').map((step) => run.plan(step))
        const blocksBefore = (await actorsOf(run.accountId)).length
        const answers = await Promise.all(
          tasks.map(async (task, n) => {
            const answer = await run.applyToDatabase(task, pools[n % 3]!)
            expect(await brokenInvariants(run.accountId)).toEqual([])
            return answer
          }),
        )
        const wrote = new Set<string>()
        for (const actor of (await actorsOf(run.accountId)).slice(blocksBefore)) {
          const place = tasks.findIndex((task) => task.actor === actor)
          if (place < 0) run.model.expire(tasks[0]!.now.getTime())
          else if (!wrote.has(actor)) expect(answers[place]).toEqual(run.applyToModel(tasks[place]!))
          wrote.add(actor)
        }
        expect(await brokenInvariants(run.accountId)).toEqual([])
        await expectSameAsModel(run.accountId, run.model)
        if (round.some((step) => step.do === 'next-day')) run.plan({ do: 'next-day' })
      }
      await expectProved(run.accountId)
    }),
    { numRuns: 12, endOnFailure: true },
  )
}, 180_000)

/** Who wrote each block, in the order of the chain: the order in which the steps took effect. */
async function actorsOf(accountId: AccountId): Promise<string[]> {
  const rows = await readQuery<{ actor: string }>(
    database.db,
    '/* test */ select actor from ledger_block where account_id = $1 order by block_no',
    [accountId],
  )
  return rows.map((row) => row.actor)
}
