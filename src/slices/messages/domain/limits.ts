/** How often the carrier may say "later" to one message before it is given up. */
export const REFUSALS_MAX = 5
/** Calls for one message at most, also those that never left or provably never arrived. A bound, not a policy. */
export const CALLS_MAX = 50
/** Messages that one claim takes at most. */
export const CLAIM_MAX = 1000
/** Rows that one statement writes or reads at most. */
export const BATCH_MAX = 5000
/** An unproven charge is looked up once more after this, and given back when the text is still not there. */
export const UNPROVEN_REFUND_MS = 86_400_000
