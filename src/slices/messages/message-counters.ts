/** Counts what the operator should see; the composition root binds them to the metrics. */
export interface MessageCounters {
  /** Delivery reports applied, by what they did. */
  report(outcome: string, count: number): void
  /** Something that must never happen, or only when an assumption about the carrier fails. */
  alarm(kind: AlarmKind, count: number): void
  /** Status questions to the carrier, by tier and answer. */
  asked(tier: string, answer: string, count: number): void
}

/**
 * `late_proof`: the carrier has a message whose attempt we closed as not sent. `second_sid`: it has two for one attempt.
 * `sid_of_another_attempt`: it reports for one attempt the message that a look-up gave to another.
 */
export type AlarmKind = 'late_proof' | 'second_sid' | 'sid_of_another_attempt'

export const noCounters: MessageCounters = {
  report: () => undefined,
  alarm: () => undefined,
  asked: () => undefined,
}
