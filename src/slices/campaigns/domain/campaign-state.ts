import { assertNever } from '../../../kernel/assert.js'
import type { TransitionTable } from '../../../kernel/transitions.js'

export const campaignStates = ['draft', 'scheduled', 'running', 'paused', 'completed', 'cancelled'] as const
export type CampaignState = (typeof campaignStates)[number]

/** The database holds the same rows (campaign_transition) and refuses every other move. */
export const campaignTransitions: TransitionTable<CampaignState> = {
  draft: ['scheduled', 'running', 'cancelled'],
  scheduled: ['draft', 'running', 'cancelled'],
  running: ['paused', 'completed', 'cancelled'],
  paused: ['running', 'completed', 'cancelled'],
  completed: [],
  cancelled: [],
}

export const campaignEvents = [
  'schedule',
  'unschedule',
  'start',
  'pause',
  'resume',
  'cancel',
  'complete',
] as const
export type CampaignEvent = (typeof campaignEvents)[number]

export type StateRefusal = 'not-draft' | 'not-scheduled' | 'not-started' | 'already-started' | 'finished'

export type StateDecision =
  | { kind: 'move'; to: CampaignState }
  /** It is so already: the same request twice has the same answer. */
  | { kind: 'stay' }
  | { kind: 'refuse'; reason: StateRefusal }

const move = (to: CampaignState): StateDecision => ({ kind: 'move', to })
const refuse = (reason: StateRefusal): StateDecision => ({ kind: 'refuse', reason })
const stay: StateDecision = { kind: 'stay' }

/**
 * What an event does to a campaign in a state. Whether the event may happen for other reasons (credits, quote,
 * subscription) is decided by the use case; this is only about states.
 */
export function decideCampaign(state: CampaignState, event: CampaignEvent): StateDecision {
  switch (state) {
    case 'draft':
      return fromDraft(event)
    case 'scheduled':
      return fromScheduled(event)
    case 'running':
    case 'paused':
      return fromStarted(state, event)
    case 'completed':
      return event === 'complete' ? stay : refuse('finished')
    case 'cancelled':
      return event === 'cancel' ? stay : refuse('finished')
    default:
      return assertNever(state, 'campaign state')
  }
}

function fromDraft(event: CampaignEvent): StateDecision {
  if (event === 'schedule') return move('scheduled')
  if (event === 'start') return move('running')
  if (event === 'cancel') return move('cancelled')
  return event === 'unschedule' ? stay : refuse('not-started')
}

function fromScheduled(event: CampaignEvent): StateDecision {
  // A new time or quote for the same plan: the state stays, the use case writes the rest.
  if (event === 'schedule') return stay
  if (event === 'unschedule') return move('draft')
  if (event === 'start') return move('running')
  return event === 'cancel' ? move('cancelled') : refuse('not-started')
}

function fromStarted(state: 'running' | 'paused', event: CampaignEvent): StateDecision {
  switch (event) {
    case 'schedule':
    case 'unschedule':
    case 'start':
      return refuse('already-started')
    case 'pause':
      return state === 'paused' ? stay : move('paused')
    case 'resume':
      return state === 'running' ? stay : move('running')
    case 'cancel':
      return move('cancelled')
    case 'complete':
      return move('completed')
    default:
      return assertNever(event, 'campaign event')
  }
}
