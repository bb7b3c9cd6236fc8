import { expect, test } from '@jest/globals'
import { judgePlain } from '../../chaos/compare/judge-plain.js'

const message = (id: number, state: string, charges: number) => ({ id, state, charges, phone: `+1${id}` })

test('a plain sender is judged by what the carrier took: copies, unpaid texts, and messages that nobody got', () => {
  const verdict = judgePlain('plain', {
    kills: 2,
    credits: 3,
    creditsLeft: 1,
    messages: [message(1, 'sent', 1), message(2, 'sent', 1), message(3, 'sent', 0), message(4, 'pending', 0)],
    record: [{ to: '+11' }, { to: '+11' }, { to: '+13' }, { to: '+13' }],
  })

  // 1 got a copy, 2 got nothing, 3 got two and paid for neither, 4 could have been sent.
  expect(verdict).toMatchObject({ reached: 4, duplicates: 2, unbilled: 3, lost: 2, beyondCredits: 1 })
})

test('who waits because the credits are spent is not lost', () => {
  const verdict = judgePlain('plain', {
    kills: 0,
    credits: 1,
    creditsLeft: 0,
    messages: [message(1, 'sent', 1), message(2, 'pending', 0)],
    record: [{ to: '+11' }],
  })

  expect(verdict).toMatchObject({ duplicates: 0, unbilled: 0, lost: 0, beyondCredits: 0 })
})
