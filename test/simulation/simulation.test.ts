import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import { compileProgram } from '../support/command.js'

const root = path.resolve(import.meta.dirname, '..', '..')

beforeAll(() => {
  compileProgram()
}, 120_000)

/** A run of its own, as a person starts one. */
function simulate(...args: string[]): { status: number | null; said: string; line: Record<string, unknown> } {
  const run = spawnSync(process.execPath, ['dist/simulation/main.js', '--json', ...args], {
    cwd: root,
    encoding: 'utf8',
  })
  const last = run.stdout.trim().split('\n').at(-1) ?? ''
  return {
    status: run.status,
    said: run.stderr,
    line: last === '' ? {} : (JSON.parse(last) as Record<string, unknown>),
  }
}

test('the same seeds have the same log, however many processes run them and whatever ran before', () => {
  const together = simulate('--seeds', '8', '--processes', '1')
  const apart = simulate('--seeds', '8', '--processes', '3')

  expect(together).toMatchObject({ status: 0, line: { seeds: 8, violations: 0 } })
  expect(apart.line['logHash']).toBe(together.line['logHash'])
}, 240_000)

/** Among these seeds are three whose log told it while accounts with single texts were read in no order. */
test('the log of a seed does not tell where its rows lay', () => {
  const range = ['--from', '300112', '--seeds', '5', '--processes', '1']
  const asTheyCome = simulate(...range)
  const vacuumed = simulate(...range, '--vacuum')

  expect(asTheyCome).toMatchObject({ status: 0, line: { seeds: 5, violations: 0 } })
  expect(vacuumed.line['logHash']).toBe(asTheyCome.line['logHash'])
}, 240_000)

/**
 * Seeds that found something once: 18 a text out of order that had been put off, 105 a claim with a dead credential, 34902
 * and 83927 that the simulation let the platform go on while somebody's stop was still to come, which then stood for ever.
 * 90391 found a claim of one text at a time that took whoever woke first, could not pay it, and so never came to the first in order.
 * Scenarios may have changed since; the tests of the bugs themselves are in test/messages/sending.test.ts.
 */
test.each(['18', '105', '34902', '83927', '90391'])(
  'seed %s, which found a bug, finds none',
  (seed) => {
    expect(simulate('--seed', seed)).toMatchObject({ status: 0, line: { seeds: 1, violations: 0 } })
  },
  120_000,
)

test('a planted violation ends the run with its seed, its log and the breached invariant', () => {
  const { status, said, line } = simulate('--as', 'client-retries', '--seeds', '60')

  expect(status).toBe(1)
  expect(line['violations']).not.toBe(0)
  expect(said).toMatch(/takes text 2 of #\d+/)
  expect(said).toContain('BREACH X1: nobody was texted twice')
  expect(said).toMatch(/npm run simulate -- --as client-retries --seed \d+/)
}, 240_000)
