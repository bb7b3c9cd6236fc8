/** Texts that the carrier took, in order: how many by when. */
export interface PacePoint {
  atMs: number
  sent: number
}

/** Points that are drawn; more would not be seen. */
const POINTS_MAX = 240

export interface Pace {
  points: readonly PacePoint[]
  sent: number
  /** Points closer together than this are one. */
  stepMs: number
}

export const noPace: Pace = { points: [], sent: 0, stepMs: 1_000 }

/** Goes on with more events; when there are too many points, every second one goes and the step doubles. */
export function extendPace(
  pace: Pace,
  events: readonly { at: string; kind: string; report?: string | null; count: number }[],
): Pace {
  const points = [...pace.points]
  let { sent, stepMs } = pace
  for (const event of events) {
    if (event.kind !== 'accepted' || event.report != null) continue
    sent += event.count
    const atMs = Date.parse(event.at)
    const last = points.at(-1)
    if (last !== undefined && atMs - last.atMs < stepMs) points[points.length - 1] = { atMs: last.atMs, sent }
    else points.push({ atMs, sent })
    if (points.length <= POINTS_MAX) continue
    stepMs *= 2
    points.splice(0, points.length, ...points.filter((_point, index) => index % 2 === 1))
  }
  return { points, sent, stepMs }
}
