import { expect, test } from '@jest/globals'
import { measureText } from './measure-text.js'

test.each([
  ['', 'GSM-7', 1, 160],
  ['a'.repeat(160), 'GSM-7', 1, 0],
  ['a'.repeat(161), 'GSM-7', 2, 145],
  ['€'.repeat(10), 'GSM-7', 1, 140],
  ['ж'.repeat(70), 'UCS-2', 1, 0],
  ['ж'.repeat(71), 'UCS-2', 2, 63],
])('%j is %s, %i segments, %i left', (text, encoding, segments, left) => {
  expect(measureText(text)).toMatchObject({ encoding, segments, left })
})

test('each character that makes the text dearer is named once, with what could stand there', () => {
  const { culprits } = measureText('“Don’t” – ă 🎉 ’')

  expect(culprits).toEqual([
    { character: '“', replacement: '"' },
    { character: '’', replacement: "'" },
    { character: '”', replacement: '"' },
    { character: '–', replacement: '-' },
    { character: 'ă', replacement: 'a' },
    { character: '🎉', replacement: '' },
  ])
})

test('a text without them is GSM-7', () => {
  const text = '“Don’t” – ă 🎉'
  const plain = measureText(text).culprits.reduce(
    (changed, { character, replacement }) => changed.replaceAll(character, replacement),
    text,
  )

  expect(measureText(plain)).toMatchObject({ encoding: 'GSM-7', culprits: [] })
})
