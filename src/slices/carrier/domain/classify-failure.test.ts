import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { classifyFailure, explainFailure } from './classify-failure.js'
import { classRules, failureClasses } from './failure-class.js'
import { documentedRule, failureTable } from './failure-table.js'

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

/** The codes of the reference table (Twilio error codes, 2026-11), row by row. */
const documented: [codes: number[], failureClass: string][] = [
  [[10001, 20005, 20003], 'A'],
  [[20404], 'C'],
  [[20429], 'R'],
  [[20500, 20503], 'U'],
  [[21211], 'P'],
  [[21212], 'C'],
  [[...range(21201, 21210), 21213, 21214, 21215, 21216, 21218], 'V'],
  [[21217], 'P'],
  [[21219, 21264], 'C'],
  [[21265], 'P'],
  [[21266], 'T'],
  [[21268], 'P'],
  [[21401, 21421], 'C'],
  [[21408, 21703], 'D'],
  [[21601, 21606, 21607, 21659, 21660, 21661], 'C'],
  [[21602, 21603, 21604, 21609, 21619], 'T'],
  [[21605, 21617], 'B'],
  [[21608], 'C'],
  [[21610], 'O'],
  [[21611], 'R'],
  [[21612, 21614], 'P'],
  [[21618, ...range(21620, 21623)], 'B'],
  [[21624, 21626, 21627], 'T'],
  [[21635], 'P'],
  [[21654, 21655, 21656], 'B'],
  [[21701, 21702, 21705, 21704, ...range(21706, 21720)], 'C'],
  [[21729], 'C'],
  [[21730], 'R'],
  [[30001], 'R'],
  [[30002], 'A'],
  [[30003], 'R'],
  [[30004, 30005, 30006], 'P'],
  [[30007], 'B'],
  [[30008], 'R'],
  [[30009], 'W'],
  [[30010], 'C'],
  [[30011, 30019], 'B'],
  [[...range(30012, 30016), ...range(30028, 30031)], 'T'],
  [[30017], 'R'],
  [[30018], 'W'],
  [[30020, 30021, 30022, 30023, 30027], 'R'],
  [[30024, 30032, 30033, 30034, 30035], 'C'],
  [[30025, 30026], 'W'],
  [[30036], 'R'],
  [[30037], 'A'],
  [[30038, 30039], 'W'],
  [[30047, 30103], 'R'],
  [[30409], 'T'],
  [[30410], 'U'],
  [[30450, 30453], 'R'],
  [[30454, 63038], 'A'],
  [[...range(30440, 30449), 30464, 30485, 30540, 30870, 30999], 'C'],
  [[30500, 12400], 'R'],
  [[30610], 'R'],
  [[30640], 'P'],
  [[14107], 'R'],
  [[11200, 11750, 12100, 12200, 12300], 'T'],
  [[63016, 63018, 63024, 63032, 63999], 'W'],
]

test.each(documented)('%j have a rule of class %s', (codes, failureClass) => {
  for (const code of codes) expect([code, documentedRule(code)?.class]).toEqual([code, failureClass])
})

test('the codes that fail without a processing fee are the ones the carrier lists', () => {
  const listed = [12400, 30103, 30500, 63010, 63012, 30036, 30002, 30454, 63038, 90010, 30450, 21408, 30008]
  for (const code of [...listed, 63013, 63018, 63021, 63024, 63032]) {
    expect([code, documentedRule(code)?.feeExempt]).toEqual([code, true])
  }
  expect(documentedRule(30007)?.feeExempt).toBe(false)
})

test('every fact has a rule, of a known class and with words', () => {
  const anyCode = fc.option(fc.oneof(fc.integer(), fc.constantFrom(...failureTable.keys())))
  fc.assert(
    fc.property(
      fc.constantFrom('create' as const, 'delivery' as const),
      anyCode,
      fc.option(fc.integer({ min: 0, max: 999 })),
      (moment, code, httpStatus) => {
        const rule = classifyFailure({ moment, code, httpStatus })
        expect(failureClasses).toContain(rule.class)
        expect(rule.words).not.toBe('')
        expect(rule.remedy).not.toBe('')
      },
    ),
  )
})

test('no code makes a server error of a create anything but unknown', () => {
  fc.assert(
    fc.property(
      fc.option(fc.constantFrom(...failureTable.keys())),
      fc.integer({ min: 500, max: 599 }),
      (code, httpStatus) => {
        expect(classifyFailure({ moment: 'create', code, httpStatus }).class).toBe('U')
      },
    ),
  )
})

test('a throttle may be tried again, whatever code comes with it', () => {
  for (const code of [null, 20429, 21611, 99999, 21211]) {
    expect(classifyFailure({ moment: 'create', code, httpStatus: 429 }).class).toBe('R')
  }
})

test('a throttle that says that the account is used up for the day stops the account', () => {
  expect(classifyFailure({ moment: 'create', code: 63038, httpStatus: 429 })).toMatchObject({
    class: 'A',
    retryable: false,
    pause: 'account',
  })
})

test('an undocumented refusal ends the message, suppresses nobody and is not tried again', () => {
  const rule = classifyFailure({ moment: 'create', code: 21999, httpStatus: 400 })

  expect(rule).toMatchObject({ class: 'P-hold', retryable: false, suppressNumber: false, code: 21999 })
})

test('an opt-out suppresses the sender’s texts and not the number for everybody', () => {
  expect(documentedRule(21610)).toMatchObject({ class: 'O', suppressNumber: false, retryable: false })
  expect(explainFailure(21610).words).toBe('This number opted out of your texts.')
})

test('only class R may be tried again', () => {
  expect(failureClasses.filter((name) => classRules[name].retryable)).toEqual(['R'])
  for (const rule of failureTable.values())
    expect([rule.code, rule.retryable]).toEqual([rule.code, rule.class === 'R'])
})

test('what is wrong for one country stops neither the sender nor the account', () => {
  for (const code of [21408, 21703])
    expect(documentedRule(code)).toMatchObject({ pause: 'country', retryable: false, suppressNumber: false })
})
