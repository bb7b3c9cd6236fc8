import { mayImportGrant, type ConsentState, type NewConsentEvent } from './consent.js'
import type { Purpose } from './contact.js'
import type { ClaimOfRow } from './fold-rows.js'
import type { Attestation } from './import-options.js'
import type { RowNote } from './read-row.js'

export interface ConsentSetting {
  importId: string
  fileName: string
  attestation: Attestation | null
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
    if (row.claim.kind === 'no') {
      if (state === undefined || state.granted) events.push(revocation(row, setting))
      continue
    }
    const { attestation } = setting
    if (attestation?.purposes.includes(row.purpose) !== true) {
      if (
        attestation === null ||
        !row.claim.purposes.some((purpose) => attestation.purposes.includes(purpose))
      ) {
        note(row, 'consent-not-attested')
      }
      continue
    }
    if (!mayImportGrant(state, row.claim.occurredAt)) note(row, 'opted-out-kept')
    else if (
      state === undefined ||
      !state.granted ||
      (state.level === 'express' && attestation.level === 'written')
    ) {
      events.push(grant(row, attestation, setting))
    }
  }
  return { events, notes: [...notes.values()] }
}

function grant(row: ClaimOfRow, attestation: Attestation, setting: ConsentSetting): NewConsentEvent {
  return {
    ...common(row, setting),
    action: 'grant',
    level: attestation.level,
    exactText: row.claim.exactText ?? attestation.exactText,
    // Without a readable date the event is dated by the import: the latest moment at which it can have happened.
    occurredAt: row.claim.occurredAt ?? setting.now,
  }
}

/** Dated by the import, not by the file: the date column of these files is the date of the opt-in. */
function revocation(row: ClaimOfRow, setting: ConsentSetting): NewConsentEvent {
  return { ...common(row, setting), action: 'revoke', level: null, exactText: null, occurredAt: setting.now }
}

function common(
  row: ClaimOfRow,
  setting: ConsentSetting,
): Omit<NewConsentEvent, 'action' | 'level' | 'exactText' | 'occurredAt'> {
  return {
    phone: row.phone,
    purpose: row.purpose,
    method: 'import',
    source: row.claim.source ?? setting.fileName,
    language: null,
    actor: setting.actor,
    evidence: {
      line: row.line,
      said: row.claim.said,
      ...(row.claim.saidDate === '' ? {} : { date: row.claim.saidDate }),
    },
    importId: setting.importId,
  }
}
