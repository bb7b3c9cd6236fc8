/** How often the carrier may say "later" to one message before it is given up. */
export const REFUSALS_MAX = 5
/** Calls for one message at most, also those that never left or provably never arrived. A bound, not a policy. */
export const CALLS_MAX = 50
/** Messages that one claim takes at most. */
export const CLAIM_MAX = 1000
/**
 * Texts that had to wait for a time, of which the first in their order is taken. The claim and whoever judges what it can pay
 * look among the same ones: a hundred thousand may have waited for the morning.
 */
export const WOKEN_MAX = 1000
/** Rows that one statement writes or reads at most. */
export const BATCH_MAX = 5000
/** An unproven charge is looked up once more after this, and given back when the text is still not there. */
export const UNPROVEN_REFUND_MS = 86_400_000
