/** The program's times in a run: the production relations, with a shorter validity. */
export const CLOCK_SKEW_MS = 5_000
export const LIST_LAG_MS = 120_000
export const VALIDITY_MS = 600_000
export const CREDENTIAL_TTL_MS = 60_000
export const CALL_TIMEOUT_MS = 10_000
export const DAY_MS = 86_400_000
