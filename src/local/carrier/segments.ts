import { SegmentedMessage } from 'sms-segments-calculator'

/** ASCII without backtick, brackets and braces: one septet each. Most texts are that, and this runs for every create. */
const plain = /^[\n\r -Z_a-z]*$/

/** Counted here once more, independent of the program under test. */
export function countSegments(body: string): number {
  if (plain.test(body)) return body.length <= 160 ? 1 : Math.ceil(body.length / 153)
  return new SegmentedMessage(body, 'auto').segmentsCount
}
