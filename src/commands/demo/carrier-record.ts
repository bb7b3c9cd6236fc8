/** One text that reached a phone, by the carrier's own record. */
export interface ReachedText {
  to: string
  acceptedAtMs: number
}

/** What the carrier says that it took, independent of anything that Tollgate believes. */
export async function readCarrierRecord(carrierUrl: string): Promise<ReachedText[]> {
  const answer = await fetch(`${carrierUrl}/control/record`)
  const lines = (await answer.text()).split('\n').filter((line) => line !== '')
  return lines.map((line) => {
    const { to, acceptedAt } = JSON.parse(line) as { to: string; acceptedAt: string }
    return { to, acceptedAtMs: Date.parse(acceptedAt) }
  })
}

/** Texts a second over the seconds in which any were sent; waiting for credits does not count. */
export function sendRate(record: readonly ReachedText[]): number {
  const perSecond = new Map<number, number>()
  for (const { acceptedAtMs } of record) {
    const second = Math.floor(acceptedAtMs / 1000)
    perSecond.set(second, (perSecond.get(second) ?? 0) + 1)
  }
  // A second with a handful of stragglers is not a second of sending.
  const busy = [...perSecond.values()].filter((count) => count >= 20)
  return busy.length === 0 ? 0 : busy.reduce((sum, count) => sum + count, 0) / busy.length
}
