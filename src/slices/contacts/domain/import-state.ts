import type { TransitionTable } from '../../../kernel/transitions.js'

export const importStates = [
  'uploading',
  'uploaded',
  'running',
  'completed',
  'failed',
  'undoing',
  'undone',
] as const
export type ImportState = (typeof importStates)[number]

/** `uploading` has no complete file yet; `failed` met something no row can explain; both may be thrown away. */
export const importTransitions: TransitionTable<ImportState> = {
  uploading: ['uploaded', 'failed'],
  uploaded: ['running', 'failed'],
  running: ['completed', 'failed', 'undoing'],
  completed: ['undoing'],
  failed: ['running', 'undoing'],
  undoing: ['undone'],
  undone: [],
}

export interface ImportCounts {
  rowsRead: number
  created: number
  updated: number
  /** Rows about a contact that already said the same. */
  unchanged: number
  /** Rows folded into an earlier row of the same file. */
  duplicates: number
  rejected: number
}

export const noCounts: ImportCounts = {
  rowsRead: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  duplicates: 0,
  rejected: 0,
}

/** Every row that was read became exactly one of the five. */
export function countsAddUp(counts: ImportCounts): boolean {
  return (
    counts.rowsRead ===
    counts.created + counts.updated + counts.unchanged + counts.duplicates + counts.rejected
  )
}
