import { assert } from '../../../kernel/assert.js'
import { createFailures } from './create-failures.js'
import { deliveryFailures } from './delivery-failures.js'
import {
  classRules,
  type FailureClass,
  type FailureMoment,
  type FailureRow,
  type FailureRule,
} from './failure-class.js'
import { failureRanges, otherFailures } from './other-failures.js'

/** A rule with everything the class says, unless the row says otherwise. */
export function ruleOf(row: FailureRow, moment: FailureMoment): FailureRule {
  const [code, failureClass, words, differs] = row
  return {
    ...classRules[failureClass],
    code,
    moment,
    class: failureClass,
    words,
    feeExempt: false,
    fraudSign: false,
    retryLimit: null,
    retryAfterPacificMidnight: false,
    ...differs,
  }
}

function buildTable(): ReadonlyMap<number, FailureRule> {
  const table = new Map<number, FailureRule>()
  const add = (rows: readonly FailureRow[], moment: FailureMoment) => {
    for (const row of rows) {
      assert(!table.has(row[0]), `carrier code ${String(row[0])} has one row`)
      table.set(row[0], ruleOf(row, moment))
    }
  }
  add(createFailures, 'create')
  add(deliveryFailures, 'delivery')
  add(otherFailures, 'delivery')
  return table
}

/** Every documented code, by number. Data, not code: carriers split and add codes every year. */
export const failureTable: ReadonlyMap<number, FailureRule> = buildTable()

/** The documented rule of a code: its own row, else the range it lies in, else null. */
export function documentedRule(code: number): FailureRule | null {
  const own = failureTable.get(code)
  if (own) return own
  const range = failureRanges.find((candidate) => code >= candidate.from && code <= candidate.to)
  return range ? ruleOf([code, range.class, range.words], range.moment) : null
}

/** A rule for what no table lists. */
export function undocumentedRule(code: number, failureClass: FailureClass, words: string): FailureRule {
  return ruleOf([code, failureClass, words], 'both')
}
