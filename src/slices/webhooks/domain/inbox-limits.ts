/** Events that may wait in memory to be stored; beyond it the provider is told to come again. */
export const STORE_WAITING_MAX = 5_000
/** Events that one statement stores at most. */
export const STORE_BATCH_MAX = 500
/** How long the first event of a batch waits for company. */
export const STORE_DELAY_MS = 2
/** Events that one pass of a consumer reads at most. */
export const READ_BATCH_MAX = 2_000
/** Failures after which an event is set aside. */
export const TRIES_MAX = 5
export const DEDUPE_KEY_LENGTH_MAX = 400
