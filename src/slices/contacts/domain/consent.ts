import type { Purpose } from './contact.js'

export const consentLevels = ['express', 'written'] as const
export type ConsentLevel = (typeof consentLevels)[number]

export const consentMethods = [
  'web_form',
  'keyword',
  'verbal',
  'paper',
  'import',
  'api',
  'inbound_sms',
  'carrier_21610',
  'admin',
] as const
export type ConsentMethod = (typeof consentMethods)[number]

/** The newest event about one number and purpose. */
export interface ConsentState {
  phone: string
  purpose: Purpose
  granted: boolean
  level: ConsentLevel | null
  method: ConsentMethod
  occurredAt: Date
  /** The revocation only took back what an import had granted by mistake. */
  undoesImport: boolean
  /** The import that wrote it, or whose undo did. */
  importId: string | null
}

/** One grant or revocation to be written. Never changed afterwards. */
export interface NewConsentEvent {
  phone: string
  purpose: Purpose
  action: 'grant' | 'revoke'
  level: ConsentLevel | null
  method: ConsentMethod
  source: string | null
  /** What the person was shown, word for word. */
  exactText: string | null
  language: string | null
  actor: string | null
  evidence: Record<string, unknown>
  importId: string | null
  occurredAt: Date
}

/** The person said it on the phone itself, or the carrier reports that they did: no file can overrule that. */
const saidByPhone: ReadonlySet<ConsentMethod> = new Set(['inbound_sms', 'keyword', 'carrier_21610'])

export function isSaidByPhone(state: ConsentState): boolean {
  return saidByPhone.has(state.method)
}

/**
 * May a file grant over what is known? Never over a STOP. Over another revocation only when the file dates the opt-in
 * after it. What an undone import had granted was taken back without the person, so a corrected file may grant it again.
 */
export function mayImportGrant(current: ConsentState | undefined, optedInAt: Date | null): boolean {
  if (current === undefined || current.granted || current.undoesImport) return true
  if (isSaidByPhone(current)) return false
  return optedInAt !== null && optedInAt > current.occurredAt
}
