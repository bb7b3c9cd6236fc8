import { activityNames, activitiesOf, type Activities, type ActivityName } from '../program/activities.js'
import { carryOut, type Order } from '../program/administration.js'
import { receiveWebhooks, type WebhookReceiver } from '../program/receive-webhooks.js'
import { SKEW_MAX_MS } from '../scenario/draw-scenario.js'
import { depsOf, noteError, SENDER, type World } from './make-world.js'
import type { ProcessDeps } from '../program/activities.js'
import { currentProcess, VirtualProcess } from './virtual-process.js'

interface Member {
  process: VirtualProcess
  deps: ProcessDeps
  activities: Activities
  webhooks: WebhookReceiver
}

/** The processes of a run. One that dies is started again, with nothing in its memory. */
export class Cast {
  private readonly members: Member[]
  private orders = 0

  constructor(
    private readonly world: World,
    private readonly sender: { id: number; address: string },
  ) {
    const names = Array.from({ length: world.scenario.workers }, (_, index) => `w${String(index + 1)}`)
    this.members = ['api', ...names].map((name) => this.start(new VirtualProcess(name, 1)))
    world.deliver = ({ attemptId, form }) => {
      const api = this.api()
      void this.launch(api, 'callback', () => api.webhooks.status(attemptId, form))
    }
  }

  private start(process: VirtualProcess): Member {
    const { world } = this
    if (world.scenario.clockJumps > 0) process.skewMs = world.dice.between(-SKEW_MAX_MS, SKEW_MAX_MS)
    const deps = depsOf(world, process, this.sender)
    return { process, deps, activities: activitiesOf(deps), webhooks: receiveWebhooks(deps.db) }
  }

  /** Whoever died is there again. */
  revive(): void {
    for (const [index, { process }] of this.members.entries()) {
      if (process.dead)
        this.members[index] = this.start(new VirtualProcess(process.name, process.incarnation + 1))
    }
  }

  /** Activities that could begin now. Only workers have any. */
  startable(): { process: VirtualProcess; name: ActivityName }[] {
    const nowMs = this.world.time.nowMs()
    return this.members
      .slice(1)
      .filter(({ process }) => !process.dead && process.stalledUntilMs <= nowMs)
      .flatMap(({ process }) =>
        activityNames.filter((name) => !process.running.has(name)).map((name) => ({ process, name })),
      )
      .filter(({ name }) => name !== 'resume-funded' || !this.world.variation.resumesOnGrantOnly)
  }

  begin(process: VirtualProcess, name: ActivityName): void {
    const member = this.members.find((candidate) => candidate.process === process)
    if (member !== undefined) void this.launch(member, name, member.activities[name])
  }

  order(order: Order): void {
    const api = this.api()
    const { deps, webhooks } = api
    this.orders += 1
    void this.launch(api, order.name, () => carryOut({ ...deps, webhooks, sender: SENDER }, order)).finally(
      () => (this.orders -= 1),
    )
  }

  /** Something that people asked for has not ended yet. */
  hasOrders(): boolean {
    return this.orders > 0
  }

  /** Until when the process that carries them out is stopped. */
  ordersStandUntilMs(): number {
    return this.api().process.stalledUntilMs
  }

  workers(): VirtualProcess[] {
    return this.members.map(({ process }) => process)
  }

  private api(): Member {
    const [api] = this.members
    if (api === undefined) throw new Error('a run has an API process')
    return api
  }

  private async launch({ process }: Member, name: string, run: () => Promise<unknown>): Promise<void> {
    if (process.dead) return
    process.running.add(name)
    try {
      await currentProcess.run(process, run)
    } catch (error) {
      noteError(this.world, process, error, name)
    } finally {
      process.running.delete(name)
    }
  }
}
