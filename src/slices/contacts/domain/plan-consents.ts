import { isSaidByPhone, mayImportGrant, type ConsentState, type NewConsentEvent } from './consent.js'
import type { Purpose } from './contact.js'
import type { ClaimOfRow } from './fold-rows.js'
import type { Attestation } from './import-options.js'
import type { RowNote } from './read-row.js'

export interface ConsentSetting {
  importId: string
  fileName: string
  attestation: Attestation | null
  /** The file has a column that dates its opt-ins. */
  datesOptIns: boolean
  actor: string
  now: Date
}

export interface PlannedConsents {
  events: NewConsentEvent[]
  notes: RowNote[]
}

export function consentKey(phone: string, purpose: Purpose): string {
  return `${phone} ${purpose}`
}

/**
 * Turns what rows say into consent events. A no always revokes. A yes grants only what the import's attestation names,
 * only when it adds to what is known, and never against an opt-out that is newer or came from the phone itself.
 */
export function planConsents(
  claims: readonly ClaimOfRow[],
  current: ReadonlyMap<string, ConsentState>,
  setting: ConsentSetting,
): PlannedConsents {
  const events: NewConsentEvent[] = []
  const notes = new Map<string, RowNote>()
  const note = (row: ClaimOfRow, code: RowNote['code']): void => {
    notes.set(`${row.line} ${code}`, { line: row.line, code, column: null, detail: row.claim.said })
  }
  for (const row of claims) {
    const state = current.get(consentKey(row.phone, row.purpose))
    const decision = row.claim.kind === 'no' ? decideNo(row, state, setting) : decideYes(row, state, setting)
    if (decision.event !== null) events.push(decision.event)
    if (decision.note !== null) note(row, decision.note)
  }
  return { events, notes: [...notes.values()] }
}

interface Decision {
  event: NewConsentEvent | null
  note: RowNote['code'] | null
}

const nothing: Decision = { event: null, note: null }

function decideNo(row: ClaimOfRow, state: ConsentState | undefined, setting: ConsentSetting): Decision {
  const stands = state?.granted === false && !mayGiveWay(state, row, setting)
  return stands ? nothing : { event: revocation(row, setting), note: null }
}

/**
 * A yes in a later chunk of the same file may outweigh this revocation and must not outweigh the file's own no: the no is then
 * written although it changes nothing yet.
 */
function mayGiveWay(state: ConsentState, row: ClaimOfRow, setting: ConsentSetting): boolean {
  const { attestation, datesOptIns, importId, now } = setting
  if (state.undoesImport) return true
  if (isSaidByPhone(state) || state.importId === importId) return false
  return datesOptIns && attestation?.purposes.includes(row.purpose) === true && state.occurredAt < now
}

function decideYes(row: ClaimOfRow, state: ConsentState | undefined, setting: ConsentSetting): Decision {
  const { attestation } = setting
  if (attestation?.purposes.includes(row.purpose) !== true) {
    // A row of which another purpose was attested needs no remark.
    const partly = row.claim.purposes.some((purpose) => attestation?.purposes.includes(purpose) === true)
    return partly ? nothing : { event: null, note: 'consent-not-attested' }
  }
  const saidNoHere = state?.granted === false && state.importId === setting.importId
  if (saidNoHere || !mayImportGrant(state, row.claim.occurredAt))
    return { event: null, note: 'opted-out-kept' }
  const addsNothing =
    state?.granted === true && !(state.level === 'express' && attestation.level === 'written')
  return addsNothing ? nothing : { event: grant(row, attestation, setting), note: null }
}

function grant(row: ClaimOfRow, attestation: Attestation, setting: ConsentSetting): NewConsentEvent {
  return {
    phone: row.phone,
    purpose: row.purpose,
    action: 'grant',
    level: attestation.level,
    method: 'import',
    source: row.claim.source ?? setting.fileName,
    exactText: row.claim.exactText ?? attestation.exactText,
    language: null,
    actor: setting.actor,
    evidence: evidenceOf(row),
    importId: setting.importId,
    // Without a readable date the event is dated by the import: the latest moment at which it can have happened.
    occurredAt: row.claim.occurredAt ?? setting.now,
  }
}

/** Dated by the import, not by the file: the date column of these files is the date of the opt-in. */
function revocation(row: ClaimOfRow, setting: ConsentSetting): NewConsentEvent {
  return {
    phone: row.phone,
    purpose: row.purpose,
    action: 'revoke',
    level: null,
    method: 'import',
    source: row.claim.source ?? setting.fileName,
    exactText: null,
    language: null,
    actor: setting.actor,
    evidence: evidenceOf(row),
    importId: setting.importId,
    occurredAt: setting.now,
  }
}

/** The row in its own words. */
function evidenceOf(row: ClaimOfRow): Record<string, unknown> {
  const { said, saidDate } = row.claim
  return saidDate === '' ? { line: row.line, said } : { line: row.line, said, date: saidDate }
}
