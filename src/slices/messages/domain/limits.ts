/** Calls to the carrier for one message at most, whatever their failures. */
export const TRIES_MAX = 5
/** Messages that one claim takes at most. */
export const CLAIM_MAX = 1000
/** Rows that one statement writes or reads at most. */
export const BATCH_MAX = 5000
