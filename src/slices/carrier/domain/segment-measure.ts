export interface SegmentMeasure {
  encoding: 'GSM-7' | 'UCS-2'
  /** What the carrier bills. */
  segments: number
  /** Septets for GSM-7 (an extension character takes two), UTF-16 units for UCS-2. */
  units: number
  /** The characters, each once, that turned the whole text into UCS-2. */
  nonGsmCharacters: string[]
}
