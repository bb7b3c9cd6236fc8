const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

export const ENDPOINTS_MAX = 10
export const URL_LENGTH_MAX = 2_000
/** Standard Webhooks asks for small bodies; an event about more messages is told in parts. */
export const MESSAGES_PER_DELIVERY = 100
/** With more than this waiting, the log is followed no further: it keeps the rest until the receiver has caught up. */
export const WAITING_MAX = 10_000
/** One call, from the first look at the name to the last byte that is read. */
export const CALL_MS = 10 * SECOND_MS
export const ANSWER_LENGTH_MAX = 1_024
/** Longer than any call; whoever has not come back by then never will. */
export const LEASE_MS = 60 * SECOND_MS
/** Both secrets sign for so long after a roll. */
export const ROLL_OVERLAP_MS = DAY_MS
/** An endpoint that only fails for so long is switched off. */
export const FAILING_MAX_MS = 5 * DAY_MS
/** What ended is kept for so long. */
export const KEPT_MS = 30 * DAY_MS
/** Counts go no further: 10,001 stands for "more than 10,000". */
export const COUNT_MAX = 10_001

/** Calls at once: over all, to one endpoint, and to one that failed the last time. */
export const CALLS_MAX = 64
export const CALLS_PER_ENDPOINT_MAX = 4
export const CALLS_WHILE_FAILING_MAX = 1
