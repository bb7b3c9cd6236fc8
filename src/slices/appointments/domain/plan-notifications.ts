import type { MessageId } from '../../../kernel/ids.js'
import type { AppointmentKind, PartyRole } from './appointment-state.js'
import {
  contextsOn,
  reminderFor,
  type ContextTable,
  type Due,
  type Occasion,
} from './notification-context.js'
import type { SkipReason } from './notification-state.js'
import { rolesTold, type NotificationSettings } from './settings.js'

/** When a recipient may be texted. */
export interface OpenHours {
  isOpenAt(at: Date): boolean
  /** Null when there is none in sight. */
  nextOpening(at: Date): Date | null
  /** The latest open moment that is not after `at`; null when there is none in sight. */
  lastOpenBefore(at: Date): Date | null
}

export interface PlanParty {
  partyId: string
  role: PartyRole
  /** Null without a contact: there is nobody to text. */
  hours: OpenHours | null
  /** What has happened to this party and is to be told. */
  occasions: readonly Occasion[]
  /** Not of an occurrence that another one of its series precedes, and not of who has left. */
  isReminded: boolean
}

export interface PlanInput {
  kind: AppointmentKind
  startsAt: Date
  /** The appointment's own offsets, or null for the account's. */
  offsets: readonly number[] | null
  parties: readonly PlanParty[]
  settings: NotificationSettings
  contexts: ContextTable
  /** The moment at which the plan is made; what lies before it has passed. */
  now: Date
  /**
   * Keys (`planKey`) of an older plan for the same time that were still to be sent: for them nothing has passed. With each the
   * text that may be on its way already, if there is one.
   */
  stillOpen: ReadonlyMap<string, MessageId | null>
  /** Keys of reminders of the same time that had their text, perhaps earlier than their time. */
  told?: ReadonlySet<string>
}

export interface PlannedNotification {
  partyId: string
  context: string
  /** Minutes before the beginning; 0 of what is told at once. */
  offsetMinutes: number
  /** When it would be due if there were no quiet hours. */
  nominalAt: Date
  dueAt: Date
  usefulUntil: Date
  /** Told only if the carrier turns out not to have this text. */
  insteadOf: MessageId | null
  skip: SkipReason | null
}

const MINUTE_MS = 60_000

/** Names a notification of one appointment across its revisions. */
export function planKey(one: Pick<PlannedNotification, 'partyId' | 'context' | 'offsetMinutes'>): string {
  return `${one.partyId} ${one.context} ${String(one.offsetMinutes)}`
}

/** Who is told what and when, what is not, and why. Everybody who would be told has a row, so that nothing is missing silently. */
export function planNotifications(input: PlanInput): PlannedNotification[] {
  return input.parties
    .filter(({ role, hours }) => role === 'client' || hours !== null)
    .flatMap((party) => [...tellAtOnce(input, party), ...(party.isReminded ? remind(input, party) : [])])
}

function tellAtOnce(input: PlanInput, party: PlanParty): PlannedNotification[] {
  const told = contextsToTell(input, party).filter(({ context }) => isTold(input, party, context))
  return told.map(({ context, insteadOf }) => ({ ...planAtOnce(input, party, context), insteadOf }))
}

/**
 * Who has not even heard the last thing hears that, as it is now, and nothing about the change. If that may be on its way, the
 * change is told, or else the last thing once more should it not have left.
 */
function contextsToTell(
  input: PlanInput,
  { partyId, occasions }: PlanParty,
): Pick<PlannedNotification, 'context' | 'insteadOf'>[] {
  const open = Object.keys(input.contexts).flatMap((context) => {
    const insteadOf = input.stillOpen.get(planKey({ partyId, context, offsetMinutes: 0 }))
    return 'on' in dueOf(input, context) && insteadOf !== undefined ? [{ context, insteadOf }] : []
  })
  const untold = open.filter(({ insteadOf }) => insteadOf === null)
  const isChangeOnly = occasions.every((occasion) => occasion === 'changed')
  if (untold.length > 0 && isChangeOnly) return untold
  const news = new Set(occasions.flatMap((occasion) => contextsOn(input.contexts, occasion, input.kind)))
  return news.size === 0 ? open : [...news].map((context) => ({ context, insteadOf: null }))
}

function remind(input: PlanInput, party: PlanParty): PlannedNotification[] {
  const { contexts, kind, settings } = input
  const offsets = [...(input.offsets ?? settings.offsets)].sort((one, two) => two - one)
  return offsets.flatMap((offset) => {
    const context = reminderFor(contexts, offset)
    const isFor = context !== null && contexts[context]?.kinds.includes(kind) === true
    return isFor && isTold(input, party, context) ? [planReminder(input, party, context, offset)] : []
  })
}

function isTold({ contexts, settings }: PlanInput, { role }: PlanParty, context: string): boolean {
  return rolesTold(contexts, settings, context).includes(role)
}

function dueOf({ contexts }: PlanInput, context: string): Due {
  return contexts[context]?.due ?? { on: [] }
}

/** Told now, or when the recipient's hours begin if that is of use. */
function planAtOnce(
  input: PlanInput,
  party: PlanParty,
  context: string,
): Omit<PlannedNotification, 'insteadOf'> {
  const { now, startsAt } = input
  const useful = input.contexts[context]?.useful ?? { minutes: 0, afterBeginning: false }
  const latest = new Date(now.getTime() + useful.minutes * MINUTE_MS)
  const usefulUntil = useful.afterBeginning ? latest : earlier(latest, startsAt)
  const one = { partyId: party.partyId, context, offsetMinutes: 0, nominalAt: now, usefulUntil }
  if (party.hours === null) return { ...one, dueAt: now, skip: 'no_contact' }
  if (now >= usefulUntil) return { ...one, dueAt: now, skip: 'offset_passed' }
  const opening = party.hours.isOpenAt(now) ? now : party.hours.nextOpening(now)
  if (opening === null || opening >= usefulUntil) return { ...one, dueAt: now, skip: 'quiet_hours' }
  return { ...one, dueAt: opening, skip: null }
}

/** Due so long before the beginning, or earlier if the recipient is to be left alone then. */
function planReminder(
  input: PlanInput,
  party: PlanParty,
  context: string,
  offsetMinutes: number,
): PlannedNotification {
  const { now, startsAt } = input
  const nominalAt = new Date(startsAt.getTime() - offsetMinutes * MINUTE_MS)
  const key = planKey({ partyId: party.partyId, context, offsetMinutes })
  const insteadOf = input.stillOpen.get(key) ?? null
  const one = { partyId: party.partyId, context, offsetMinutes, nominalAt, insteadOf }
  const untilOf = (dueAt: Date): Date => usefulUntilOf(input, context, offsetMinutes, dueAt)
  const skipped = (skip: SkipReason) => ({ ...one, dueAt: nominalAt, usefulUntil: untilOf(nominalAt), skip })
  if (party.hours === null) return skipped('no_contact')
  if (input.told?.has(key) === true) return skipped('tried_before')
  const isOpen = input.stillOpen.has(key)
  if (nominalAt < now && !isOpen) return skipped('offset_passed')
  const dueAt = party.hours.lastOpenBefore(nominalAt)
  if (dueAt === null || (dueAt < now && !isOpen)) return skipped('quiet_hours')
  return { ...one, dueAt, usefulUntil: untilOf(dueAt), skip: null }
}

/** Half of the offset, not longer than the context says, never past the beginning. */
function usefulUntilOf(input: PlanInput, context: string, offsetMinutes: number, dueAt: Date): Date {
  const most = input.contexts[context]?.useful.minutes ?? 0
  const minutes = Math.min(offsetMinutes / 2, most)
  return earlier(new Date(dueAt.getTime() + minutes * MINUTE_MS), input.startsAt)
}

function earlier(one: Date, two: Date): Date {
  return one < two ? one : two
}
