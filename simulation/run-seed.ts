import { resumePlatform } from '../src/slices/accounts/index.js'
import { healthyCarrier } from './carrier/carrier-faults.js'
import type { Cleaner } from './database/cleaner.js'
import { noDatabaseFaults } from './database/database-faults.js'
import type { SharedConnection } from './database/shared-connection.js'
import type { Inspector } from './oracle/inspector.js'
import type { ActivityName } from './program/activities.js'
import { drawOrder } from './program/administration.js'
import { populate, type Account } from './scenario/populate.js'
import { SKEW_MAX_MS, type Scenario } from './scenario/draw-scenario.js'
import { Cast } from './world/cast.js'
import { depsOf, makeWorld, SENDER, type Variation, type Violation, type World } from './world/make-world.js'
import { VirtualProcess } from './world/virtual-process.js'
import { DAY_MS } from './program/protocol-times.js'

export interface SeedResult {
  seed: number
  steps: number
  texts: number
  violations: Violation[]
  digest: string
  lines: readonly string[]
}

export interface Stage {
  readonly connection: SharedConnection
  readonly inspector: Inspector
  readonly cleaner: Cleaner
  readonly variation: Variation
  /** Narrows the scenarios to those that matter. */
  readonly focus?: (scenario: Scenario) => Scenario
}

/** How long the healing may take, in virtual time. */
const HEAL_MAX_MS = 6 * 3_600_000
const HEAL_ROUNDS_MAX = 400
/** No order is tried again for longer, once its process goes on; one whose process died never ends. */
const ORDERS_MAX_MS = 60_000

/** One run: a scenario drawn from its seed, faults at every step, then none, until everything has come to rest. */
export async function runSeed(seed: number, stage: Stage): Promise<SeedResult> {
  // What the run before left open would keep its rows locked.
  await stage.connection.run('/* simulation.rollback */ rollback')
  await stage.cleaner.empty()
  const world = makeWorld(seed, stage)
  const run = new Run(world, stage.inspector)
  try {
    await run.play()
  } finally {
    stage.connection.scheduler = null
  }
  return {
    seed,
    steps: run.steps,
    texts: world.carrier.record.length,
    violations: world.violations,
    digest: world.journal.digest(),
    lines: world.journal.lines,
  }
}

/** How often each activity begins; nobody learns anything from looking again and again. */
const eagerness: Readonly<Partial<Record<ActivityName, number>>> = {
  send: 10,
  prepare: 2,
  rescue: 1,
  resolve: 2,
  callbacks: 1.5,
  inbound: 0.7,
}

class Run {
  steps = 0
  private cast!: Cast
  private accounts: Account[] = []
  private orders = 0

  constructor(
    private readonly world: World,
    private readonly inspector: Inspector,
  ) {}

  async play(): Promise<void> {
    await this.populate()
    this.unleash()
    const { scenario } = this.world
    for (let step = 0; step < scenario.steps && this.holds(); step += 1) await this.step()
    if (this.holds()) await this.heal()
  }

  private holds(): boolean {
    return this.world.violations.length === 0
  }

  private async populate(): Promise<void> {
    const { world } = this
    const process = new VirtualProcess('setup', 1)
    const deps = depsOf(world, process, { id: 0, address: SENDER })
    const made = populate(deps, world.db.connection, world.scenario, world.dice, SENDER)
    // It goes on only while its steps are taken, and fails only where it is waited for.
    made.catch(() => undefined)
    for (;;) {
      await world.scheduler.settle()
      const [choice] = world.scheduler.choices()
      if (choice === undefined) break
      choice.run()
    }
    const { accounts, sender } = await made
    this.accounts = accounts
    this.cast = new Cast(world, sender)
  }

  private unleash(): void {
    const { db, carrier, scenario } = this.world
    db.faults = scenario.database
    db.brokenReads = scenario.brokenReads
    carrier.faults = scenario.carrier
    carrier.skewMs = scenario.carrierSkewMs
  }

  /** One choice of what happens next, to its end, and a look at whether everything still holds. */
  private async step(): Promise<void> {
    this.steps += 1
    this.choose()
    await this.settled()
  }

  private async settled(): Promise<void> {
    const { world } = this
    await world.scheduler.settle()
    this.cast.revive()
    if (!world.db.changed) return
    world.db.changed = false
    await this.inspector.check(world)
  }

  private choose(): void {
    const { dice, scenario, scheduler } = this.world
    const choices = scheduler.choices()
    const startable = this.cast.startable()
    dice.weighted<readonly [number, () => void]>([
      [choices.length > 0 ? 14 : 0, [0, () => dice.pick(choices).run()]],
      [startable.length > 0 ? 3 : 0, [0, () => this.beginActivity(startable)]],
      [this.orders < scenario.administrators ? 1 : 0, [0, () => this.giveOrder()]],
      [scenario.kills + scenario.stalls + scenario.clockJumps > 0 ? 0.6 : 0, [0, () => this.disturb()]],
      [choices.length > 0 ? 1.5 : 8, [0, () => this.passTime()]],
    ])[1]()
  }

  private beginActivity(startable: ReturnType<Cast['startable']>): void {
    const { dice } = this.world
    const { process, name } = dice.weighted(
      startable.map((item) => [eagerness[item.name] ?? 0.5, item] as const),
    )
    this.world.journal.add(process.label, `begins ${name}`)
    this.cast.begin(process, name)
  }

  private giveOrder(): void {
    this.orders += 1
    const order = drawOrder(
      this.world.dice,
      this.accounts,
      `order${String(this.orders)}`,
      this.world.scenario.orders,
    )
    this.world.journal.add('people', order.name)
    this.cast.order(order)
  }

  private disturb(): void {
    const { dice, journal, scenario, time } = this.world
    // Whoever is sending has more to lose.
    const process = dice.weighted(
      this.cast.workers().map((worker) => [worker.running.has('send') ? 4 : 1, worker] as const),
    )
    const what = dice.weighted([
      [scenario.kills, 'kill'],
      [scenario.stalls, 'stall'],
      [scenario.clockJumps, 'clock'],
    ] as const)
    if (what === 'kill') {
      this.world.db.kill(process)
    } else if (what === 'stall') {
      process.stalledUntilMs = time.nowMs() + dice.pick([2_000, 12_000, 65_000, 200_000, 900_000])
      journal.add(process.label, 'is stopped for a while')
    } else {
      process.skewMs = dice.between(-SKEW_MAX_MS, SKEW_MAX_MS)
      journal.add(process.label, 'clock jumps')
    }
  }

  private passTime(): void {
    const { dice, scheduler, time } = this.world
    const nextMs = scheduler.nextMs()
    const leapMs = dice.weighted([
      [8, 200],
      [5, 2_000],
      [3, 12_000],
      [1, 40_000],
      [1, 130_000],
    ] as const)
    time.advanceTo(
      nextMs !== null && dice.chance(0.7) ? nextMs : Math.min(time.nowMs() + leapMs, nextMs ?? Infinity),
    )
  }

  private async heal(): Promise<void> {
    const { world } = this
    world.journal.add('', 'faults are over')
    world.db.faults = noDatabaseFaults
    world.db.brokenReads = 0
    world.carrier.faults = healthyCarrier
    await this.finishOrders()
    if (!this.holds()) return
    this.cast.order({
      name: 'resume platform',
      run: ({ db, clock }) => resumePlatform({ db, clock }),
    })
    await this.rest(HEAL_MAX_MS)
    if (!this.holds() || !(await this.hasUnproven())) return
    world.journal.add('', 'a day later')
    world.time.advanceTo(world.time.nowMs() + DAY_MS)
    await this.rest(HEAL_MAX_MS)
  }

  /** A stop that was asked for before comes first, though it may have to wait and be tried again. */
  private async finishOrders(): Promise<void> {
    const { scheduler, time } = this.world
    const endsMs = Math.max(time.nowMs(), this.cast.ordersStandUntilMs()) + ORDERS_MAX_MS
    await this.exhaust()
    for (let nextMs = scheduler.nextMs(); nextMs !== null && nextMs <= endsMs; nextMs = scheduler.nextMs()) {
      if (!this.cast.hasOrders() || !this.holds()) return
      time.advanceTo(nextMs)
      await this.exhaust()
    }
  }

  private async hasUnproven(): Promise<boolean> {
    const rows = await this.world.db.connection.run(
      `/* simulation.unproven */ select from attempt where state = 'unproven' limit 1`,
    )
    return rows.length > 0
  }

  /** Everything that can happen happens, time passes, again and again, until nothing is left to do. */
  private async rest(maxMs: number): Promise<void> {
    const { world } = this
    const endsMs = world.time.nowMs() + maxMs
    let pauseMs = 2_000
    for (let round = 0; round < HEAL_ROUNDS_MAX && this.holds(); round += 1) {
      this.beginAll(round)
      await this.exhaust()
      const untilMs = world.time.nowMs() + pauseMs
      // What is under way at the carrier and on the wires ends first; nobody needs to look for it.
      for (let nextMs = world.scheduler.nextMs(); nextMs !== null && nextMs <= untilMs && this.holds();) {
        world.time.advanceTo(nextMs)
        await this.exhaust()
        nextMs = world.scheduler.nextMs()
      }
      if (!this.holds() || (await this.isOver())) return
      if (world.time.nowMs() >= endsMs) break
      world.time.advanceTo(Math.max(untilMs, world.time.nowMs()))
      pauseMs = round === 0 ? 5_000 : Math.min(Math.max(40_000, pauseMs * 2), 600_000)
    }
    if (this.holds()) await this.inspector.checkRest(world)
  }

  /** One worker looks for each thing; for statuses, which come by callbacks first, only now and then. */
  private beginAll(round: number): void {
    const begun = new Set<ActivityName>(round % 10 === 9 ? [] : ['sweep'])
    for (const { process, name } of this.cast.startable()) {
      if (begun.has(name)) continue
      begun.add(name)
      this.cast.begin(process, name)
    }
  }

  private async isOver(): Promise<boolean> {
    return this.world.scheduler.isIdle && (await this.inspector.isAtRest())
  }

  private async exhaust(): Promise<void> {
    const { dice, scheduler } = this.world
    await this.settled()
    for (;;) {
      const choices = scheduler.choices()
      if (choices.length === 0 || !this.holds()) return
      this.steps += 1
      dice.pick(choices).run()
      await this.settled()
    }
  }
}
