import type { Clock } from '../../kernel/clock.js'
import type { AccountScope } from '../../platform/access/account-scope.js'
import type { Db } from '../../platform/db/data-source.js'

export interface TextMeasure {
  encoding: 'GSM-7' | 'UCS-2'
  segments: number
  units: number
  /** The characters that turned the whole text into UCS-2. */
  nonGsmCharacters: readonly string[]
}

export interface CampaignDeps {
  db: Db
  clock: Clock
  /** The carrier's count of what it bills; given as a function, because campaigns know no carrier. */
  measureSegments: (text: string) => TextMeasure
  /** A carrier's error code in plain words. */
  explainFailure: (code: number) => { words: string; remedy: string }
  /** Texts a second that the senders reach together; only for forecasts. */
  sendRatePerSecond: number
}

/** Who asks, and for which account. A resolver passes its AccountScope. */
export type Caller = Pick<AccountScope, 'accountId' | 'actor'>

/** Written into histories when nobody asked. */
export const SYSTEM = 'system'
