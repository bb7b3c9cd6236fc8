/** What may become of a call for a text. */
export const callFates = [
  'answered',
  /** The carrier has the text; its answer is lost. */
  'answer-lost',
  /** The request never arrives. */
  'request-lost',
  /** The request arrives long after the caller has given up. */
  'late',
  'reset-after',
  'reset-before',
  'server-error-after',
  'server-error-before',
  'unreachable',
  'throttled',
  'refused',
] as const
export type CallFate = (typeof callFates)[number]

export interface CarrierFaults {
  readonly fates: readonly (readonly [weight: number, fate: CallFate])[]
  /** Codes with which it refuses. */
  readonly codes: readonly number[]
  /** How late a late request arrives at most. */
  readonly lateMaxMs: number
  /** What it accepted is in its list after this at most. */
  readonly listLagMaxMs: number
  readonly listUnavailable: number
  /** How long a list may take to be read. */
  readonly listDelayMaxMs: number
  readonly statusUnavailable: number
  readonly mintUnavailable: number
  readonly callbacks: { readonly lost: number; readonly doubled: number; readonly delayMaxMs: number }
  /** Of accepted texts, how many are reported as not handed over, and as never sent. */
  readonly undelivered: number
  readonly failed: number
}

export const healthyCarrier: CarrierFaults = {
  fates: [[1, 'answered']],
  codes: [],
  lateMaxMs: 0,
  listLagMaxMs: 1_000,
  listUnavailable: 0,
  listDelayMaxMs: 0,
  statusUnavailable: 0,
  mintUnavailable: 0,
  callbacks: { lost: 0, doubled: 0, delayMaxMs: 2_000 },
  undelivered: 0,
  failed: 0,
}
