import { judgeHours, type HoursRules, type HoursVerdict, type Purpose } from '../messages/index.js'
import type { QuotedHours } from './domain/quote-tally.js'
import type { AudienceMember } from './store/audience.js'

/** Groups that an answer has at most; there are fewer states and zones than this in any audience of one country. */
const GROUPS_MAX = 500
const VERDICTS_MAX = 20_000

/** Recipients who are told apart by nothing that matters for the time. */
export interface HoursGroup {
  recipients: number
  zones: readonly string[]
  regions: readonly string[]
  source: string
  isOpen: boolean
  opensAt: Date | null
  opensAtLocal: string[]
  why: string | null
}

export interface HoursSimulation {
  startAt: Date
  recipients: number
  /** Who can be texted at the start. */
  openAtStart: number
  /** When the last ones can be. */
  lastOpensAt: Date | null
  /** For whom no hour is open in all places. */
  neverOpen: number
  /** Earliest first, larger ones before smaller. */
  groups: HoursGroup[]
  /** Recipients in groups beyond those that are listed. */
  otherRecipients: number
}

/**
 * Adds up when recipients may be texted from an instant on, by the same functions as the gate, in memory that does not grow
 * with the audience: one group for each kind of place. Frequency cap, pace and credits are not in it.
 */
export class HoursTally {
  private readonly groups = new Map<string, HoursGroup>()
  private readonly verdicts = new Map<string, HoursVerdict>()

  constructor(private readonly asked: { purpose: Purpose; rules: HoursRules; at: Date }) {}

  add({ phone, zone, region }: AudienceMember['contact']): void {
    const key = `${phone.slice(0, 10)} ${zone ?? ''} ${region ?? ''}`
    let verdict = this.verdicts.get(key)
    if (verdict === undefined) {
      verdict = judgeHours({ phone, zone, region }, this.asked)
      if (this.verdicts.size >= VERDICTS_MAX) this.verdicts.clear()
      this.verdicts.set(key, verdict)
    }
    this.count(verdict)
  }

  simulation(): HoursSimulation {
    const sorted = this.earliestFirst()
    const opening = sorted.filter((group) => group.opensAt !== null)
    return {
      startAt: this.asked.at,
      recipients: sum(sorted),
      openAtStart: sum(sorted.filter((group) => group.isOpen)),
      lastOpensAt: opening.at(-1)?.opensAt ?? null,
      neverOpen: sum(sorted.filter((group) => group.opensAt === null)),
      groups: sorted.slice(0, GROUPS_MAX),
      otherRecipients: sum(sorted.slice(GROUPS_MAX)),
    }
  }

  /** In short: who now, who later and from when to when, who never. */
  figures(): QuotedHours {
    const sorted = this.earliestFirst()
    const waiting = sorted.filter((group) => !group.isOpen && group.opensAt !== null)
    return {
      textableNow: sum(sorted.filter((group) => group.isOpen)),
      waiting: sum(waiting),
      firstOpensAt: waiting[0]?.opensAt ?? null,
      lastOpensAt: waiting.at(-1)?.opensAt ?? null,
      neverOpen: sum(sorted.filter((group) => group.opensAt === null)),
    }
  }

  private earliestFirst(): HoursGroup[] {
    const when = (group: HoursGroup): number => group.opensAt?.getTime() ?? Infinity
    return [...this.groups.values()].sort((a, b) => when(a) - when(b) || b.recipients - a.recipients)
  }

  private count({ hours, ...verdict }: HoursVerdict): void {
    const key = `${verdict.source} ${verdict.regions.join('&')} ${hours.key}`
    const group = this.groups.get(key)
    if (group === undefined) this.groups.set(key, { ...verdict, recipients: 1 })
    else group.recipients += 1
  }
}

function sum(groups: readonly HoursGroup[]): number {
  return groups.reduce((total, group) => total + group.recipients, 0)
}
