import { describe, expect, test } from '@jest/globals'
import { decideLookUp, type LookUpFacts } from './look-up.js'

const at = (text: string): Date => new Date(`2026-03-02T15:00:${text}Z`)

const facts: LookUpFacts = {
  state: 'unknown',
  policy: 'P1',
  claimedAt: at('10.900'),
  notAfter: at('14.900'),
  askedAt: at('20.000'),
  listed: [],
  clockSkewMs: 300,
  listLagMs: 1_000,
  validityMs: 3_600_000,
  usefulUntil: null,
}
const listed = { sid: 'SM1', outbound: true, fromOurSender: true, taken: false }

describe('what a look-up proves', () => {
  // The carrier writes times to the full second: a text of 10.95 s is listed as one of 10 s. Missing it means sending twice.
  test('finds a text that was created in the second of its claim', () => {
    const decision = decideLookUp({ ...facts, listed: [{ ...listed, createdAt: at('10.000') }] })

    expect(decision).toEqual({ verdict: 'found', sids: ['SM1'], candidates: 1 })
  })

  test('leaves a text of an earlier attempt to that attempt', () => {
    const decision = decideLookUp({ ...facts, listed: [{ ...listed, createdAt: at('09.000') }] })

    expect(decision.verdict).toBe('absent')
  })

  test('calls nothing absent before the credential is dead and the list complete', () => {
    expect(decideLookUp({ ...facts, askedAt: at('16.100') }).verdict).toBe('too_early')
    expect(decideLookUp({ ...facts, askedAt: at('16.300') }).verdict).toBe('absent')
  })

  test('never calls anything absent under policy P0', () => {
    expect(decideLookUp({ ...facts, policy: 'P0' }).verdict).toBe('too_early')
    expect(decideLookUp({ ...facts, policy: 'P0', askedAt: at('59.000'), validityMs: 10_000 }).verdict).toBe(
      'unproven',
    )
  })

  test('refunds an unproven charge only when the text is still not there', () => {
    expect(decideLookUp({ ...facts, state: 'unproven' }).verdict).toBe('refund')
    const found = decideLookUp({
      ...facts,
      state: 'unproven',
      listed: [{ ...listed, createdAt: at('12.000') }],
    })
    expect(found.verdict).toBe('found')
  })

  test.each([
    ['inbound', { outbound: false }],
    ['from another sender', { fromOurSender: false }],
    ['of another attempt', { taken: true }],
  ])('passes over a message that is %s', (_, odd) => {
    const decision = decideLookUp({ ...facts, listed: [{ ...listed, createdAt: at('12.000'), ...odd }] })

    expect(decision.verdict).toBe('absent')
  })
})
