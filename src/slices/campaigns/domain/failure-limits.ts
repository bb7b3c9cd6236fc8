/** When failures stop a campaign by themselves, as data. */
export interface FailureLimits {
  /** Settled messages since the start or the last resume, before a share means anything. */
  settledMin: number
  failedShareMax: number
  /** Failure classes of the carrier's table that stop it at the first occurrence: account-wide and configuration. */
  stopClasses: readonly string[]
}

export const failureLimits: FailureLimits = { settledMin: 100, failedShareMax: 0.5, stopClasses: ['A', 'C'] }

/** Since the start or the last resume. */
export interface SettledSince {
  failed: number
  settled: number
}

export type FailureVerdict = { pause: 'carrier_unavailable' | 'error_rate'; detail: string } | null

/** Whether a campaign must stop because of what the carrier answered. */
export function judgeFailures(
  byClass: Readonly<Record<string, number>>,
  since: SettledSince,
  limits: FailureLimits,
): FailureVerdict {
  const stopper = limits.stopClasses.find((failureClass) => (byClass[failureClass] ?? 0) > 0)
  if (stopper !== undefined) return { pause: 'carrier_unavailable', detail: `class:${stopper}` }
  if (since.settled < limits.settledMin || since.failed / since.settled <= limits.failedShareMax) return null
  return { pause: 'error_rate', detail: `failed ${String(since.failed)} of ${String(since.settled)}` }
}
