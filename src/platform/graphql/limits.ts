/** Bounds on what one caller may ask for. The same on both transports. */
export const limits = {
  depthMax: 10,
  aliasesMax: 30,
  rootFieldsMax: 15,
  tokensMax: 2_000,
  costMax: 5_000,
  /** How many items a list field without a page size is taken to hold when its cost is estimated. */
  assumedListLength: 10,
  bodyBytesMax: 1_048_576,
  subscriptionsPerSocketMax: 50,
} as const
