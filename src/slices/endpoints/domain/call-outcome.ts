/** What is wrong with a call, in a word. `rejected`: it answered, and not 2xx. `lost`: the process died while it was calling. */
export type CallProblem =
  | 'rejected'
  | 'redirected'
  | 'timeout'
  | 'name-not-found'
  | 'address-not-public'
  | 'tls'
  | 'connection'
  | 'secret-unreadable'
  | 'lost'

export interface CallOutcome {
  /** Null: it was taken (2xx). */
  problem: CallProblem | null
  /** Null: there was no answer. */
  status: number | null
  /** The beginning of the answer, as one text without control characters. */
  answer: string | null
  durationMs: number
}

/** The receiver says that it wants no more of this. */
const GONE = 410

export function isGone({ status }: CallOutcome): boolean {
  return status === GONE
}

/** Says nothing about the receiver. */
export function isOurFault({ problem }: CallOutcome): boolean {
  return problem === 'lost' || problem === 'secret-unreadable'
}
