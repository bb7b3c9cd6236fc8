import type { JobRepository, NotificationChannel } from 'agenda'

/** What a job's row carries: its payload, and the key that keeps it from being there twice. */
export interface JobData {
  /** Unique among the rows of one job name. */
  key: string
  /** The lane that a wake-up is for. */
  lane?: string
  payload: unknown
}

/** The key of the one row that lets a job recur. */
export const RECURRING_KEY = 'recurring'

export interface RecurringRow {
  everyMs: number | null
  nextRunAtMs: number | null
  /** The last sign of life: a run's start, or the renewed lock of one that is running somewhere. */
  lastSeenAtMs: number | null
  lockedAtMs: number | null
}

/** Where Agenda keeps its rows, with the few questions that Agenda cannot answer. Nothing in it is precious. */
export interface JobStore {
  readonly kind: 'postgres' | 'mongodb'
  /** Only where other processes can be told of a new row at once. */
  readonly channel: NotificationChannel | undefined
  /** Connects, and makes what Agenda and we need. Safe to repeat, in several processes at once. */
  prepare(): Promise<void>
  /** After `prepare`. A new one each time, because we change its methods. */
  repository(): JobRepository
  recurring(): Promise<Map<string, RecurringRow>>
  removeRecurring(name: string): Promise<void>
  /** Is there a wake-up of this lane that nobody has taken yet? */
  hasWaiting(name: string, lane: string): Promise<boolean>
  /** Gives a row that is not being run another time. False when there is none. */
  move(name: string, key: string, at: Date): Promise<boolean>
  /** Frees what a process has locked, so that others need not wait for its locks to expire. */
  handBack(owner: string): Promise<void>
  isDuplicate(error: unknown): boolean
  close(): Promise<void>
}

export interface StoreDeps {
  /** Told of errors that no call returns. */
  onTrouble: (error: unknown) => void
}
