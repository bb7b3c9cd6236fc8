import { SegmentedMessage } from 'sms-segments-calculator'
import { measureGsm7, measurePlainUcs2 } from './domain/gsm7.js'
import { bodyLengthMax, type BodyCheck, type SegmentMeasure } from './domain/segment-measure.js'

/**
 * The segments that the carrier bills for exactly this text, without replacing any character. Plain texts are counted
 * directly, since this runs for every recipient; the library decides everything else, and a property test holds both to
 * the same answer. Never refuses: ask checkBody whether the carrier takes the text.
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

/** Refuses an empty body and one over 1,600 characters, which the carrier would refuse as well; else measures it. */
export function checkBody(text: string): BodyCheck {
  if (text.length === 0) return { ok: false, reason: 'body-empty' }
  if (text.length > bodyLengthMax) {
    return { ok: false, reason: 'body-too-long', length: text.length, lengthMax: bodyLengthMax }
  }
  return { ok: true, measure: measureSegments(text) }
}
