import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  deliveryStatuses,
  isFinalStatus,
  mergeStatus,
  parseStatus,
  statusRank,
  type DeliveryStatus,
} from './delivery-status.js'

const anyStatus = fc.constantFrom(...deliveryStatuses)
const settle = (reports: readonly DeliveryStatus[]) =>
  reports.reduce<DeliveryStatus | null>(mergeStatus, null)

test('no report, in whatever order, ever moves a status backwards', () => {
  fc.assert(
    fc.property(fc.array(anyStatus, { minLength: 1 }), (reports) => {
      let current: DeliveryStatus | null = null
      for (const report of reports) {
        const next: DeliveryStatus = mergeStatus(current, report)
        expect(statusRank(next)).toBeGreaterThanOrEqual(current === null ? 0 : statusRank(current))
        current = next
      }
    }),
  )
})

test('the same reports end in the same status, shuffled and repeated as they like', () => {
  fc.assert(
    fc.property(
      fc
        .array(anyStatus, { minLength: 1 })
        .chain((reports) =>
          fc.tuple(
            fc.constant(reports),
            fc.shuffledSubarray([...reports, ...reports], { minLength: reports.length * 2 }),
          ),
        ),
      ([reports, shuffled]) => {
        expect(settle(shuffled)).toBe(settle(reports))
      },
    ),
  )
})

test('delivered wins over undelivered, and nothing but read over delivered', () => {
  expect(mergeStatus('undelivered', 'delivered')).toBe('delivered')
  expect(mergeStatus('delivered', 'undelivered')).toBe('delivered')
  expect(deliveryStatuses.filter((status) => mergeStatus('delivered', status) !== 'delivered')).toEqual([
    'read',
  ])
})

test('what ends a message', () => {
  expect(deliveryStatuses.filter((status) => !isFinalStatus(status))).toEqual([
    'accepted',
    'scheduled',
    'queued',
    'sending',
    'sent',
  ])
})

test('a word that no status has is none', () => {
  expect(parseStatus('delivered')).toBe('delivered')
  expect(parseStatus('receiving')).toBeNull()
  expect(parseStatus('constructor')).toBeNull()
  expect(parseStatus('')).toBeNull()
})
