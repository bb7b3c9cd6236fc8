import type { Job as AgendaJob } from 'agenda'

export interface RenewOptions {
  leaseMs: number
  /** A run that hangs must not keep the row from other processes for ever. */
  forMs: number
  onTrouble: (error: unknown) => void
}

export interface Renewing {
  stop(): Promise<void>
}

/**
 * Renews a row's lock while its job runs: Agenda hands a row whose lock is older than the lease to anybody, even while
 * the first run goes on. `stop` waits for the renewal under way, which would otherwise lock the row again after its end.
 */
export function startRenewing(row: AgendaJob<never> | AgendaJob, options: RenewOptions): Renewing {
  let renewal: Promise<void> = Promise.resolve()
  const renew = (): void => {
    renewal = renewal.then(() => row.touch()).catch(options.onTrouble)
  }
  const interval = setInterval(renew, options.leaseMs / 3)
  const giveUp = setTimeout(() => clearInterval(interval), options.forMs)
  // A run that outlasts the drain does not keep the process alive by its lock.
  interval.unref()
  giveUp.unref()
  return {
    stop: async () => {
      clearInterval(interval)
      clearTimeout(giveUp)
      await renewal
    },
  }
}
