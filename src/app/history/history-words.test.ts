import { expect, test } from '@jest/globals'
import { detailFacts } from './history-words.js'

test('a pause is told in the words that the campaign itself has for it', () => {
  const facts = detailFacts('campaign_paused', { name: 'Spring', reason: 'credits_exhausted' })

  expect(facts).toEqual([
    { name: 'name', value: 'Spring' },
    { name: 'reason', value: 'The available credits do not cover the next recipient.' },
  ])
})

test('a reason that a person wrote stays as it is, and one that is not there gives nothing', () => {
  expect(detailFacts('may_not_send', { reason: 'a call' })).toEqual([{ name: 'reason', value: 'a call' }])
  expect(detailFacts('campaign_running', { name: 'Spring', reason: null })).toEqual([
    { name: 'name', value: 'Spring' },
  ])
})
