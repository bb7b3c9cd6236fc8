import type { Clock } from '../../kernel/clock.js'
import type { Db } from '../../platform/db/data-source.js'

export interface AccountsDeps {
  readonly db: Db
  readonly clock: Clock
  /** Mixed into the stored form of session tokens; the same in every process. */
  readonly sessionSecret?: string
}
