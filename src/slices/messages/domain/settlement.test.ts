import { describe, expect, test } from '@jest/globals'
import { attemptStates } from './attempt-state.js'
import { CALLS_MAX, REFUSALS_MAX } from './limits.js'
import { decideSettlement, type AttemptOutcome } from './settlement.js'

const later = (reason: string): AttemptOutcome => ({
  kind: 'not_sent',
  failureClass: 'R',
  retryable: true,
  optedOut: false,
  blocksSender: false,
  errorCode: null,
  reason,
})

const refused = { ...later('refused'), retryable: false } as Extract<AttemptOutcome, { kind: 'not_sent' }>

const fresh = { attempt: 'dispatching', calls: 1, refusals: 0 } as const

describe('what an outcome does', () => {
  test('gives a message up that the carrier has put off too often', () => {
    expect(
      decideSettlement({ ...fresh, calls: 4, refusals: REFUSALS_MAX - 2 }, later('refused'))?.message,
    ).toBe('pending')
    expect(
      decideSettlement({ ...fresh, calls: 5, refusals: REFUSALS_MAX - 1 }, later('refused'))?.message,
    ).toBe('failed')
  })

  // An outage, an open breaker or our own slowness must not cost anybody their text.
  test.each(['deadline', 'unreachable', 'breaker-open', 'throttled', 'credential-refused'])(
    'does not count a call that says nothing about the message: %s',
    (reason) => {
      const worn = { ...fresh, calls: CALLS_MAX - 1, refusals: REFUSALS_MAX - 1 }

      expect(decideSettlement(worn, later(reason))).toMatchObject({ message: 'pending', credits: 'release' })
      expect(decideSettlement({ ...worn, calls: CALLS_MAX }, later(reason))?.message).toBe('failed')
    },
  )

  test('tries a single text no more often than any other when the account or the sender is refused', () => {
    const blocked: AttemptOutcome = { ...refused, failureClass: 'A', blocksSender: true }
    const single = { ...fresh, isSingle: true }

    expect(decideSettlement({ ...single, calls: CALLS_MAX - 1 }, blocked)?.message).toBe('pending')
    expect(decideSettlement({ ...single, calls: CALLS_MAX }, blocked)).toMatchObject({
      message: 'failed',
      credits: 'release',
    })
    // A campaign stands still between one try and the next, until a person resumes it.
    expect(decideSettlement({ ...fresh, calls: CALLS_MAX }, blocked)?.message).toBe('pending')
  })

  test('lets nothing overrule an acceptance', () => {
    const outcomes: AttemptOutcome[] = [
      later('refused'),
      { kind: 'unknown', reason: 'timeout' },
      { kind: 'absent' },
      { kind: 'unproven' },
    ]
    for (const outcome of outcomes) {
      expect(decideSettlement({ ...fresh, attempt: 'accepted' }, outcome)).toBeNull()
    }
  })

  test('captures or releases exactly once, whatever is reported in whatever state', () => {
    const outcomes: AttemptOutcome[] = [
      { kind: 'accepted', sid: 'SM1' },
      later('refused'),
      { kind: 'unknown', reason: 'timeout' },
      { kind: 'absent' },
      { kind: 'unproven' },
    ]
    for (const attempt of attemptStates) {
      for (const outcome of outcomes) {
        const settlement = decideSettlement({ ...fresh, attempt }, outcome)
        const isOpen = attempt === 'dispatching' || attempt === 'unknown'
        if (!isOpen && settlement !== null) expect(settlement.credits).toBe('keep')
        if (settlement?.attempt === 'unknown') expect(settlement.credits).toBe('keep')
      }
    }
  })
})
