import { SegmentedMessage } from 'sms-segments-calculator'
import { measureGsm7, measurePlainUcs2 } from './domain/gsm7.js'
import type { SegmentMeasure } from './domain/segment-measure.js'

/**
 * The segments that the carrier bills for exactly this text, without replacing any character. Plain texts are counted
 * directly, since this runs for every recipient; the library decides everything else, and a property test holds both to
 * the same answer. Never refuses.
 */
export function measureSegments(text: string): SegmentMeasure {
  return measureGsm7(text) ?? measurePlainUcs2(text) ?? measureByLibrary(text)
}

/** The library's own count. It keeps visible characters together, so it may exceed the true count, never undercut it. */
export function measureByLibrary(text: string): SegmentMeasure {
  const message = new SegmentedMessage(text, 'auto')
  const encoding = message.encodingName === 'GSM-7' ? 'GSM-7' : 'UCS-2'
  return {
    encoding,
    segments: message.segmentsCount,
    units: encoding === 'GSM-7' ? message.numberOfCharacters : text.length,
    nonGsmCharacters: [...new Set(message.getNonGsmCharacters())],
  }
}
