import { expect, test } from '@jest/globals'
import { mayMove } from '../../../kernel/transitions.js'
import {
  campaignEvents,
  campaignStates,
  campaignTransitions,
  decideCampaign,
  type CampaignEvent,
  type CampaignState,
} from './campaign-state.js'

/** The whole machine: `→x` moves, `=` stays, anything else is the refusal. */
const expected: Record<CampaignState, Record<CampaignEvent, string>> = {
  draft: {
    schedule: '→scheduled',
    unschedule: '=',
    start: '→running',
    pause: 'not-started',
    resume: 'not-started',
    cancel: '→cancelled',
    complete: 'not-started',
  },
  scheduled: {
    schedule: '=',
    unschedule: '→draft',
    start: '→running',
    pause: 'not-started',
    resume: 'not-started',
    cancel: '→cancelled',
    complete: 'not-started',
  },
  running: {
    schedule: 'already-started',
    unschedule: 'already-started',
    start: 'already-started',
    pause: '→paused',
    resume: '=',
    cancel: '→cancelled',
    complete: '→completed',
  },
  paused: {
    schedule: 'already-started',
    unschedule: 'already-started',
    start: 'already-started',
    pause: '=',
    resume: '→running',
    cancel: '→cancelled',
    complete: '→completed',
  },
  completed: {
    schedule: 'finished',
    unschedule: 'finished',
    start: 'finished',
    pause: 'finished',
    resume: 'finished',
    cancel: 'finished',
    complete: '=',
  },
  cancelled: {
    schedule: 'finished',
    unschedule: 'finished',
    start: 'finished',
    pause: 'finished',
    resume: 'finished',
    cancel: '=',
    complete: 'finished',
  },
}

const pairs = campaignStates.flatMap((state) => campaignEvents.map((event) => [state, event] as const))

test.each(pairs)('%s + %s', (state, event) => {
  const decision = decideCampaign(state, event)

  const shown =
    decision.kind === 'move' ? `→${decision.to}` : decision.kind === 'stay' ? '=' : decision.reason
  expect(shown).toBe(expected[state][event])
})

test('no event moves along an arrow that the table does not have, and every arrow has an event', () => {
  const used = new Set<string>()
  for (const [state, event] of pairs) {
    const decision = decideCampaign(state, event)
    if (decision.kind !== 'move') continue
    expect(mayMove(campaignTransitions, state, decision.to)).toBe(true)
    used.add(`${state}→${decision.to}`)
  }

  const arrows = campaignStates.flatMap((from) => campaignTransitions[from].map((to) => `${from}→${to}`))
  expect([...used].sort()).toEqual(arrows.sort())
})
