export interface SegmentMeasure {
  encoding: 'GSM-7' | 'UCS-2'
  /** What the carrier bills. */
  segments: number
  /** Septets for GSM-7 (an extension character takes two), UTF-16 units for UCS-2. */
  units: number
  /** The characters, each once, that turned the whole text into UCS-2. */
  nonGsmCharacters: string[]
}

/** The carrier refuses longer bodies (code 21617). */
export const bodyLengthMax = 1_600

export type BodyCheck =
  | { ok: true; measure: SegmentMeasure }
  | { ok: false; reason: 'body-empty' }
  | { ok: false; reason: 'body-too-long'; length: number; lengthMax: number }
