import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { clawbackTarget, countsAsRefunded, isDisputeOpen, withdrawnMinor } from './clawback.js'

const amount = fc.integer({ min: 0, max: 1_000_000_000 })

test('what is taken back is at least the share of the money that went, and never more than everything', () => {
  fc.assert(
    fc.property(amount, amount, amount, amount, (credits, paidMinor, refundedMinor, disputedMinor) => {
      const target = clawbackTarget(credits, { paidMinor, refundedMinor, disputedMinor })
      const back = Math.min(refundedMinor + disputedMinor, paidMinor)
      expect(target).toBeGreaterThanOrEqual(0)
      expect(target).toBeLessThanOrEqual(credits)
      if (paidMinor === 0 || back === 0) expect(target).toBe(0)
      else {
        expect(BigInt(target) * BigInt(paidMinor)).toBeGreaterThanOrEqual(BigInt(credits) * BigInt(back))
        expect(BigInt(target) * BigInt(paidMinor)).toBeLessThan(
          BigInt(credits) * BigInt(back) + BigInt(paidMinor),
        )
      }
    }),
  )
})

test('a refund counts unless it failed or was canceled, whatever it may be called some day', () => {
  expect(['succeeded', 'pending', 'requires_action', 'of tomorrow', null].map(countsAsRefunded)).toEqual([
    true,
    true,
    true,
    true,
    true,
  ])
  expect(['failed', 'canceled'].map(countsAsRefunded)).toEqual([false, false])
})

test('a dispute holds back what moved, not what its status says', () => {
  const dispute = { status: 'won', amountMinor: 700 }
  expect(withdrawnMinor({ ...dispute, movedMinor: [] })).toBe(0)
  expect(withdrawnMinor({ ...dispute, movedMinor: [-700] })).toBe(700)
  expect(withdrawnMinor({ ...dispute, movedMinor: [-700, 700] })).toBe(0)
  expect(withdrawnMinor({ ...dispute, movedMinor: [-700, 300] })).toBe(400)
  expect(withdrawnMinor({ ...dispute, movedMinor: [-700, 700, -700] })).toBe(700)
})

test('a dispute is open until it is closed, and in every state that nobody knows', () => {
  const open = [
    'needs_response',
    'under_review',
    'warning_needs_response',
    'appeal_under_review',
    'of tomorrow',
  ]
  expect(open.every((status) => isDisputeOpen({ status }))).toBe(true)
  expect(['won', 'lost', 'warning_closed', 'prevented'].some((status) => isDisputeOpen({ status }))).toBe(
    false,
  )
})
