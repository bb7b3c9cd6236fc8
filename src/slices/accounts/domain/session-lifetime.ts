/** A session ends this long after sign-in, used or not. */
export const sessionLifetimeHours = 24

/** The longest life that an API key may be given, when it is given one. */
export const apiKeyLifetimeDaysMax = 3_650
