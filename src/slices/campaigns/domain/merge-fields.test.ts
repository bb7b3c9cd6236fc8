import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseTemplate, unknownField, type ParsedTemplate } from '../../../kernel/parse-template.js'
import { renderTemplate } from '../../../kernel/render-template.js'
import { fieldsOf, type MergeContact } from './merge-fields.js'

const anna: MergeContact = {
  phone: '+14155550101',
  country: 'US',
  firstName: 'Anna',
  lastName: null,
  email: null,
  zone: 'America/New_York',
  region: 'NY',
  attributes: { plan: 'Gold', visits: 12, member: true, nested: { deep: 'no' }, list: ['no'], empty: '  ' },
}

function parsed(text: string): ParsedTemplate {
  const reading = parseTemplate(text)
  if (!reading.ok) throw new Error(reading.problem.message)
  return reading.template
}

function rendered(text: string, contact: MergeContact = anna, footer: string | null = null): unknown {
  return renderTemplate(parsed(text), footer, fieldsOf(contact))
}

test('puts in contact fields and attributes, with the fallback for what is missing', () => {
  expect(
    rendered('Hi {{first_name|there}} {{ last_name | friend }}, {{plan}} {{visits}} {{member}}'),
  ).toEqual({
    ok: true,
    body: 'Hi Anna  friend , Gold 12 true',
  })
})

test('an empty fallback means nothing; no fallback at all refuses the recipient', () => {
  expect(rendered('Hi{{last_name|}}!')).toEqual({ ok: true, body: 'Hi!' })
  expect(rendered('Hi {{last_name}}!')).toEqual({ ok: false, reason: 'field_missing', field: 'last_name' })
})

test('a value of blanks counts as missing', () => {
  expect(rendered('{{empty|none}}')).toEqual({ ok: true, body: 'none' })
})

test('appends the footer on its own line, also to a text that ends in a field', () => {
  expect(rendered('Hi {{first_name}}', anna, 'Reply STOP to opt out.')).toEqual({
    ok: true,
    body: 'Hi Anna\nReply STOP to opt out.',
  })
})

test.each([
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'nested',
  'list',
  'attributes',
])('inherited and structured properties do not exist for templates: %s', (field) => {
  expect(rendered(`{{${field}}}`)).toEqual({ ok: false, reason: 'field_missing', field })
  expect(rendered(`{{${field}|-}}`)).toEqual({ ok: true, body: '-' })
})

test('an attribute that really is called like a property of objects is only text', () => {
  const attributes = JSON.parse('{"__proto__": "a", "constructor": "b"}') as Record<string, unknown>

  expect(rendered('{{__proto__}}{{constructor}}', { ...anna, attributes })).toEqual({ ok: true, body: 'ab' })
})

test('a value is never read as a template', () => {
  const contact = { ...anna, firstName: '{{email|x}}{{first_name}}', attributes: { plan: '}}{{' } }

  expect(rendered('{{first_name}}/{{plan}}', contact)).toEqual({
    ok: true,
    body: '{{email|x}}{{first_name}}/}}{{',
  })
})

test('direction overrides, zero-width spaces and control characters of a value do not reach the text', () => {
  const firstName = '\u202eAn\u200bna\u2066\u0007\r\nB\ufeff'

  expect(rendered('Hi {{first_name}}!', { ...anna, firstName })).toEqual({ ok: true, body: 'Hi Anna B!' })
})

test('joined emoji and joined scripts stay whole', () => {
  const firstName = '👩‍👧 می‌خواهم'

  expect(rendered('{{first_name}}', { ...anna, firstName })).toEqual({ ok: true, body: firstName })
})

test.each([
  ['Hi {{first_name', 4, 'not closed'],
  ['{{}}', 1, 'no name'],
  ['{{ | x}}', 1, 'no name'],
  ['ab {{a.b}}', 4, 'not a field name'],
  ['{{a[0]}}', 1, 'not a field name'],
  ['{{first_name()}}', 1, 'not a field name'],
  ['{{#each}}', 1, 'not a field name'],
  ['{{{first_name}}}', 1, 'braces'],
  ['{{a{{b}}}}', 1, 'braces'],
  ['{{first\u200bname}}', 1, 'not a field name'],
  ['{{fïrst_name}}', 1, 'not a field name'],
  ['{{name|a\nb}}', 1, 'one line'],
  ['ok \u0007', 4, 'cannot be sent'],
  ['ok \ud800!', 4, 'cannot be sent'],
  ['   ', 1, 'empty'],
  ['x'.repeat(1_601), 1_601, 'more than 1600'],
])('refuses %j with the place and the reason', (text, position, words) => {
  const reading = parseTemplate(text)

  expect(reading.ok).toBe(false)
  if (reading.ok) return
  expect(reading.problem.position).toBe(position)
  expect(reading.problem.message).toContain(words)
})

test('names the first field that nobody has, with its place', () => {
  const problem = unknownField(parsed('Hi {{first_name}}, {{frist_name}}'), new Set(['first_name']))

  expect(problem).toEqual({ position: 20, message: 'There is no field "frist_name".' })
})

test('says that a finished text is too long or empty', () => {
  const long = { ...anna, attributes: { note: 'y'.repeat(1_600) } }
  expect(rendered('x{{note}}', long)).toEqual({ ok: false, reason: 'body_too_long', length: 1_601 })
  expect(rendered('{{last_name|}} ')).toEqual({ ok: false, reason: 'body_empty' })
})

test('any text either is refused with a place inside it or renders without throwing', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'binary', maxLength: 20 }),
      (text, value) => {
        const reading = parseTemplate(text)
        if (reading.ok) renderTemplate(reading.template, null, fieldsOf({ ...anna, firstName: value }))
        else expect(reading.problem.position).toBeLessThanOrEqual(text.length + 1)
      },
    ),
  )
})

test('text without braces is sent exactly as written', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 200 }), (text) => {
      fc.pre(!text.includes('{{') && text.trim() !== '')
      expect(rendered(text)).toEqual({ ok: true, body: text })
    }),
  )
})
