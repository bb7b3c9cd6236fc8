import type { MessageTallyQuery } from '../../generated/graphql.js'

/** What happened to messages today. Each text counts once in each line, when it happens. */
export interface Today {
  sent: number
  delivered: number
  failed: number
  stopped: number
  /** Texts that the carrier took within the last seconds, with their moments. */
  recent: readonly { atMs: number; count: number }[]
}

interface Happening {
  kind: string
  report?: string | null | undefined
}

export const WINDOW_SECONDS = 10
const none: Today = { sent: 0, delivered: 0, failed: 0, stopped: 0, recent: [] }

type Line = 'sent' | 'delivered' | 'failed' | 'stopped'

function lineOf({ kind, report }: Happening): Line | null {
  if (report === 'delivery') {
    if (kind === 'delivered') return 'delivered'
    return kind === 'undelivered' || kind === 'failed' ? 'failed' : null
  }
  if (report != null) return null
  if (kind === 'accepted') return 'sent'
  if (kind === 'failed') return 'failed'
  return kind === 'suppressed' || kind === 'refused' ? 'stopped' : null
}

export function todayFrom({ counts }: MessageTallyQuery['messageTally']): Today {
  return counts.reduce((today, { kind, report, messages }) => add(today, { kind, report }, messages), none)
}

export interface TodayEvent extends Happening {
  at: string
  count: number
}

/** Goes on counting with what was pushed after the tally. */
export function countOn(today: Today, events: readonly TodayEvent[]): Today {
  let next = today
  const recent = [...today.recent]
  for (const event of events) {
    next = add(next, event, event.count)
    if (lineOf(event) === 'sent') recent.push({ atMs: Date.parse(event.at), count: event.count })
  }
  const newestMs = recent.at(-1)?.atMs ?? 0
  return { ...next, recent: recent.filter(({ atMs }) => atMs > newestMs - WINDOW_SECONDS * 1000) }
}

function add(today: Today, happening: Happening, count: number): Today {
  const line = lineOf(happening)
  return line === null ? today : { ...today, [line]: today[line] + count }
}

/** Texts a second over the last seconds. */
export function rateAt(today: Today, nowMs: number): number {
  const from = nowMs - WINDOW_SECONDS * 1000
  const sent = today.recent.filter(({ atMs }) => atMs > from).reduce((sum, { count }) => sum + count, 0)
  return sent / WINDOW_SECONDS
}
