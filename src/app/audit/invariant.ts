/** What must hold at every instant. Each query returns the rows that break it: none, on healthy data. */
export interface Invariant {
  id: string
  /** What is true, in words. */
  what: string
  /**
   * Columns `account_id` (may be null) and `what`: which row, in words that stay the same while it is broken in the same
   * way. Figures are therefore differences, which go on unchanged while the account works.
   */
  sql: string
  /** What the query is narrowed to when only news are looked at (`narrow-sql.ts`); `whole` waits for the full audit. */
  scope: Scope
  /** The same question written for news, where the narrowed query would be no answer or a slow one. */
  newsSql?: string
  /** Whether an account in breach stops sending, or somebody is told only. */
  onBreach: 'stop' | 'alarm'
  /** Why that. */
  why: string
}

/** Of messages with news; of accounts with news; of their ledger or chain since the checkpoint; cheap as it is; or not at all. */
export type Scope = 'messages' | 'accounts' | 'ledger' | 'chain' | 'cheap' | 'whole'
