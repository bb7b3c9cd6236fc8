import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { gsmBasic, gsmExtension } from './domain/gsm7.js'
import { measureByLibrary, measureSegments } from './measure-segments.js'

const family = '👨‍👩‍👧‍👦'

// Figures of the carrier's own calculator.
test.each([
  ['160 a', 'a'.repeat(160), 'GSM-7', 1],
  ['161 a', 'a'.repeat(161), 'GSM-7', 2],
  ['306 a', 'a'.repeat(306), 'GSM-7', 2],
  ['307 a', 'a'.repeat(307), 'GSM-7', 3],
  ['80 €', '€'.repeat(80), 'GSM-7', 1],
  ['81 €', '€'.repeat(81), 'GSM-7', 2],
  ['an escape pair that would be split', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 'GSM-7', 3],
  ['70 ж', 'ж'.repeat(70), 'UCS-2', 1],
  ['71 ж', 'ж'.repeat(71), 'UCS-2', 2],
  ['134 ж', 'ж'.repeat(134), 'UCS-2', 2],
  ['135 ж', 'ж'.repeat(135), 'UCS-2', 3],
  ['35 😀', '😀'.repeat(35), 'UCS-2', 1],
  ['36 😀', '😀'.repeat(36), 'UCS-2', 2],
  ['a pair that would be split', `${'ж'.repeat(66)}😀${'ж'.repeat(66)}`, 'UCS-2', 3],
  ['a curly apostrophe', 'it’s', 'UCS-2', 1],
  ['nothing', '', 'GSM-7', 1],
])('%s', (_what, text, encoding, segments) => {
  expect(measureSegments(text)).toMatchObject({ encoding, segments })
})

test.each(Array.from('`çáíóúâê\t\u00a0“”–—…\u200b'))(
  'one %j turns the whole text into UCS-2, and is named',
  (character) => {
    expect(measureSegments(`Hello ${character} ${character}`)).toMatchObject({
      encoding: 'UCS-2',
      nonGsmCharacters: [character],
    })
  },
)

test('an extension character takes two units, an emoji two, a family eleven', () => {
  expect(measureSegments('a€').units).toBe(3)
  expect(measureSegments('😀').units).toBe(2)
  expect(measureSegments(family).units).toBe(11)
})

const gsmText = fc.string({ unit: fc.constantFrom(...Array.from(gsmBasic + gsmExtension)), maxLength: 700 })
const mixedText = fc.string({
  unit: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...Array.from(gsmBasic + gsmExtension)) },
    { weight: 2, arbitrary: fc.constantFrom(...Array.from('çáíóúждя’“”–—…ñ\u00a0\u00ad₴₿ẞᾀ҃')) },
    { weight: 1, arbitrary: fc.constantFrom('😀', family, 'e\u0301', '각', 'क्षि', '\r\n', '\u200d') },
  ),
  maxLength: 300,
})
const anyBmp = fc.string({
  unit: fc.integer({ min: 0, max: 0x2100 }).map((code) => String.fromCharCode(code)),
  maxLength: 200,
})

test.each([
  ['GSM-7 texts', gsmText],
  ['mixed texts', mixedText],
  ['texts of any characters', anyBmp],
  ['texts of any graphemes', fc.string({ unit: 'grapheme', maxLength: 150 })],
])('%s are measured as the library measures them', (_what, texts) => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(measureSegments(text)).toEqual(measureByLibrary(text))
    }),
    { numRuns: 300 },
  )
})
