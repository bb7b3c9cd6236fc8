import { expect, test } from '@jest/globals'
import fs from 'node:fs'
import fc from 'fast-check'
import { classifyReply, readReply } from '../../src/slices/inbox/index.js'
import { isAmbiguous } from '../../src/slices/inbox/domain/attention.js'
import { isClashingKeyword, isPlainYes } from '../../src/slices/inbox/domain/classify-reply.js'

const replies = fs
  .readFileSync(new URL('./replies.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('\t') as [string, string])

test('the list has at least 40 wordings of opting out and 40 that only look like it', () => {
  const count = (name: string) => replies.filter(([expected]) => expected === name).length
  expect(count('opt_out')).toBeGreaterThanOrEqual(40)
  expect(count('other')).toBeGreaterThanOrEqual(40)
})

test.each(replies)('%s: %s', (expected, text) => {
  expect(classifyReply(text)).toBe(expected)
})

// Somebody who is ill loses one appointment and not all their consents; whether they meant more is for a person to read.
test.each([
  "I can't make it tomorrow, please cancel",
  "Sorry, I'm sick. Please cancel.",
  'No puedo ir, cancela',
  'Ich bin krank, bitte abmelden',
  'Ik ben ziek, meld me af',
  'Bugün gelemiyorum, iptal',
  'Je ne peux pas venir, annulez svp',
  'C1, no wait, please cancel',
])('a person reads "%s"', (text) => {
  expect(classifyReply(text)).toBe('other')
  expect(isAmbiguous(text)).toBe(true)
  expect(isClashingKeyword(text)).toBe(false)
})

test.each(['cancel', 'CANCEL.', 'Please cancel', 'Cancel, thanks', 'End', 'Cancela por favor', 'Abmelden'])(
  'somebody is told that "%s" has opted out',
  (text) => {
    expect(classifyReply(text)).toBe('opt_out')
    expect(isClashingKeyword(text)).toBe(true)
  },
)

test.each(['Stop', 'Please unsubscribe', 'Stop. Cancel.', 'cancel these texts'])(
  '"%s" can mean nothing else',
  (text) => {
    expect(classifyReply(text)).toBe('opt_out')
    expect(isClashingKeyword(text)).toBe(false)
  },
)

test.each(['yep', 'Confirmed!', 'Yes, I confirm', 'Sí', 'Oui, merci', 'ja', 'Sim'])(
  '"%s" is a plain yes',
  (text) => {
    expect(classifyReply(text)).toBe('confirm')
    expect(isPlainYes(text)).toBe(true)
  },
)

test.each(["I'll be there", 'Yes, see you then', 'C1', 'I confirm my appointment', 'ich komme', 'ci sarò'])(
  '"%s" confirms and is no plain yes',
  (text) => {
    expect(classifyReply(text)).toBe('confirm')
    expect(isPlainYes(text)).toBe(false)
  },
)

// Nobody who wrote the carrier's word is texted because of how they wrote it.
test('case, marks and spaces around a keyword change nothing', () => {
  const around = fc.stringMatching(/^[ .!"'\n-]{0,4}$/)
  fc.assert(
    fc.property(
      fc.constantFrom('stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'revoke', 'optout'),
      around,
      around,
      fc.func<[string], boolean>(fc.boolean()),
      (word, before, after, upper) => {
        const written = Array.from(word, (letter) => (upper(letter) ? letter.toUpperCase() : letter)).join('')
        expect(classifyReply(before + written + after)).toBe('opt_out')
      },
    ),
  )
})

test('any text is read, however long and strange, and quickly enough to be read at once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 2_000 }), (text) => {
      expect(typeof classifyReply(text)).toBe('string')
    }),
  )
  const hostile = [
    'do not '.repeat(20_000),
    'stop '.repeat(20_000),
    'please '.repeat(20_000),
    ' a'.repeat(50_000),
  ]
  for (const text of hostile) expect(typeof classifyReply(text)).toBe('string')
})

test('a code names the appointment, and the language of an opt-out is known', () => {
  expect(readReply('c 12 thanks')).toEqual({ class: 'confirm', language: null, code: 12 })
  expect(readReply('no me envíen más mensajes').language).toBe('es')
  expect(readReply('Stop!').language).toBe('en')
})
