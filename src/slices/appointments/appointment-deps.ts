import type { Clock } from '../../kernel/clock.js'
import type { AccountScope } from '../../platform/access/account-scope.js'
import type { Db } from '../../platform/db/data-source.js'
import type { ContextTable } from './domain/notification-context.js'

export interface AppointmentDeps {
  db: Db
  clock: Clock
  /** Every kind of notification that there is: `contexts` of this slice. */
  contexts: ContextTable
  /** The carrier's count of what it bills; given as a function, because appointments know no carrier. */
  measureSegments: (text: string) => { encoding: 'GSM-7' | 'UCS-2'; segments: number }
}

/** Booking asks for less: it prices nothing and sends nothing. */
export type BookingDeps = Pick<AppointmentDeps, 'db' | 'clock' | 'contexts'>

/** Who asks, and for which account. A resolver passes its AccountScope. */
export type Caller = Pick<AccountScope, 'accountId' | 'actor'>

/** Written into histories when nobody asked. */
export const SYSTEM = 'system'
