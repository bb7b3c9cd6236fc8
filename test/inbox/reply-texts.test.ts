import { describe, expect, test } from '@jest/globals'
import { measureSegments } from '../../src/slices/carrier/index.js'
import { carrierAnswers, carrierKeyword, senderKind } from '../../src/slices/inbox/domain/carrier-keyword.js'
import { ANSWERS_PER_HOUR, decideReply, type ReplyFacts } from '../../src/slices/inbox/domain/decide-reply.js'
import { replyLanguage, replyLanguages } from '../../src/slices/inbox/domain/reply-language.js'
import { replyText, type AutomaticKind } from '../../src/slices/inbox/domain/reply-texts.js'

const kinds: readonly AutomaticKind[] = [
  'opt_out',
  'help',
  'opt_in',
  'nothing_to_restore',
  'opt_in_request',
  'opt_in_confirmed',
]

describe('automatic texts', () => {
  test.each(kinds.flatMap((kind) => replyLanguages.map((language) => [kind, language] as const)))(
    '%s in %s names the account, has no gap and costs three segments at most',
    (kind, language) => {
      const body = replyText(kind, language, { brand: 'Yoga $& Sons', contact: 'help@yoga.test' })
      expect(body).toContain('Yoga $& Sons')
      expect(body).not.toMatch(/[{}]/)
      expect(measureSegments(body).segments).toBeLessThanOrEqual(3)
      if (kind !== 'opt_out' && kind !== 'nothing_to_restore') expect(body).toContain('STOP')
    },
  )

  test('are in English in one segment, or two where the law wants more said', () => {
    const names = { brand: 'Yoga', contact: 'help@yoga.test' }
    expect(measureSegments(replyText('opt_out', 'en', names)).segments).toBe(1)
    expect(measureSegments(replyText('help', 'en', names)).segments).toBe(1)
  })

  test('come in the language of a tag where we have it', () => {
    expect(replyLanguage('pt-BR', 'en')).toBe('pt')
    expect(replyLanguage('ja', 'de')).toBe('de')
    expect(replyLanguage(null, 'fr')).toBe('fr')
  })
})

test('the carrier acts on whole keywords only, and toll-free numbers do not know YES', () => {
  const long = senderKind('+12125550100')
  expect(carrierKeyword(' stop ', long)).toBe('STOP')
  expect(carrierKeyword('Stop please', long)).toBeNull()
  expect(carrierKeyword('yes', long)).toBe('START')
  expect(carrierKeyword('yes', senderKind('+18005550100'))).toBeNull()
  expect(carrierKeyword('Info', senderKind('MG0'))).toBe('HELP')
})

test('the carrier answers by itself but on a short code, unless the account says otherwise', () => {
  expect(carrierAnswers('by_sender', senderKind('262966'))).toBe(false)
  expect(carrierAnswers('by_sender', senderKind('MG0'))).toBe(true)
  expect(carrierAnswers('never', senderKind('MG0'))).toBe(false)
  expect(carrierAnswers('always', senderKind('262966'))).toBe(true)
})

const plain: ReplyFacts = {
  class: 'other',
  carrierAnswers: false,
  optedOut: false,
  restored: false,
  optInConfirmed: false,
  confirmed: false,
  subscribed: false,
  answeredLately: 0,
}

test.each<[string, Partial<ReplyFacts>, AutomaticKind | null]>([
  ['an opt-out is confirmed', { class: 'opt_out', optedOut: true }, 'opt_out'],
  ['not where the carrier does it', { class: 'opt_out', optedOut: true, carrierAnswers: true }, null],
  ['not a second time', { class: 'opt_out', optedOut: false }, null],
  ['help is given', { class: 'help' }, 'help'],
  ['a START is confirmed', { class: 'opt_in', restored: true, subscribed: true }, 'opt_in'],
  [
    'one that restores nothing is told so, whatever the carrier said',
    { class: 'opt_in', carrierAnswers: true },
    'nothing_to_restore',
  ],
  ['a YES to a question is no START', { class: 'opt_in', confirmed: true }, null],
  ['nobody is told twice that all is well', { class: 'opt_in', subscribed: true }, null],
  ['small talk is for people', { class: 'other' }, null],
  [
    'machines that answer each other come to an end',
    { class: 'help', answeredLately: ANSWERS_PER_HOUR },
    null,
  ],
])('%s', (_name, facts, expected) => {
  expect(decideReply({ ...plain, ...facts })).toBe(expected)
})
