/** Bounds of one import. Set by the composition root; these are the defaults. */
export interface ImportLimits {
  fileBytesMax: number
  rowsMax: number
  /** Rows that become durable together; also the most that a killed process has to repeat. */
  chunkRows: number
  recordCharactersMax: number
  recordLinesMax: number
  /** After this long without a finished chunk another process takes the import over. */
  leaseMs: number
  /** Remarks kept per import; the counts go on. */
  notesMax: number
}

export const defaultImportLimits: ImportLimits = {
  fileBytesMax: 512 * 1024 * 1024,
  rowsMax: 2_000_000,
  chunkRows: 1_000,
  recordCharactersMax: 256 * 1024,
  recordLinesMax: 100,
  leaseMs: 60_000,
  notesMax: 10_000,
}
