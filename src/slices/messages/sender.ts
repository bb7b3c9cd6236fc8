import type { AccountId } from '../../kernel/ids.js'
import { AccountPump, type PumpDeps, type PumpSettings } from './account-pump.js'
import type { Lane } from './lane.js'
import { watchOutages } from './outage-watch.js'

export interface SenderOptions extends PumpSettings {
  /** All lanes that have something due, from every slice that has any. Asked again and again; Postgres is the truth. */
  findLanes(): Promise<Lane[]>
  /** The longest that due work waits when no wake-up comes. */
  pollMs: number
}

export interface Sender {
  /** Something may be due: look now instead of at the next poll. */
  wake(): void
  /** One look, and the work that it finds, to its end. */
  runOnce(): Promise<{ claimed: number }>
  start(): void
  /** Claims nothing more, posts and settles what is authorised, then resolves. */
  drain(): Promise<void>
}

/** The send loop of one worker process. Any number of processes run it on the same database. */
export function createSender(deps: PumpDeps, options: SenderOptions): Sender {
  const pumps = new Map<AccountId, { pump: AccountPump; done: Promise<{ claimed: number }> }>()
  const outages = watchOutages(deps.carrier, options.sender.address)
  let stopping = false
  let running: Promise<void> | null = null
  let wakeUp: (() => void) | null = null
  let wakeUps = 0

  async function look(): Promise<Promise<{ claimed: number }>[]> {
    await deps.pace?.refresh()
    const lanes = await options.findLanes()
    const byAccount = groupByAccount(lanes)
    const started: Promise<{ claimed: number }>[] = []
    for (const [accountId, accountLanes] of byAccount) {
      if (stopping) continue
      const running = pumps.get(accountId)?.pump
      if (running !== undefined) {
        running.join(accountLanes)
        continue
      }
      const pump = new AccountPump(deps, options, outages, accountId)
      pump.join(accountLanes)
      const done = pump
        .run()
        .catch((error: unknown) => {
          deps.log.error({ accountId, err: error }, 'messages.pump.failed')
          return { claimed: 0 }
        })
        .finally(() => pumps.delete(accountId))
      pumps.set(accountId, { pump, done })
      started.push(done)
    }
    return started
  }

  const isStopping = (): boolean => stopping

  async function loop(): Promise<void> {
    while (!stopping) {
      const heard = wakeUps
      try {
        const started = await look()
        // An account that had work is looked at again as soon as it is done, not at the next poll.
        for (const done of started) {
          void done.then(({ claimed }) => {
            if (claimed > 0) wake()
          })
        }
      } catch (error) {
        deps.log.error({ err: error }, 'messages.sender.look-failed')
      }
      // A wake-up that came while looking is not waited for again.
      if (wakeUps === heard && !isStopping()) await nextWake(options.pollMs)
    }
  }

  function nextWake(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeoutMs)
      wakeUp = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  function wake(): void {
    wakeUps += 1
    wakeUp?.()
    wakeUp = null
  }

  return {
    wake,
    runOnce: async () => {
      const results = await Promise.all(await look())
      return { claimed: results.reduce((sum, result) => sum + result.claimed, 0) }
    },
    start: () => {
      running ??= loop()
    },
    drain: async () => {
      stopping = true
      wake()
      for (const { pump } of pumps.values()) pump.stop()
      await Promise.all([...pumps.values()].map(({ done }) => done))
      await running
    },
  }
}

function groupByAccount(lanes: readonly Lane[]): Map<AccountId, Lane[]> {
  const groups = new Map<AccountId, Lane[]>()
  for (const lane of lanes) groups.set(lane.accountId, [...(groups.get(lane.accountId) ?? []), lane])
  return groups
}
