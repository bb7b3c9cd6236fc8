import { useState } from 'react'
import { OperationEventsDocument, type OperationEventsSubscription } from '../../generated/graphql.js'
import { useLiveEvents } from '../../live/use-live-events.js'

export type OperationEvent = OperationEventsSubscription['operationEvents']

export interface OperationFeed {
  /** Newest first, at most this many. */
  newest: readonly OperationEvent[]
  /** Whether the carrier can be used, as far as this account has heard. */
  breaker: 'closed' | 'open' | 'half open'
}

const SHOWN_MAX = 30
const breakerOf: Readonly<Record<string, OperationFeed['breaker']>> = {
  breaker_open: 'open',
  breaker_half_open: 'half open',
  breaker_closed: 'closed',
}

/** What holds up sending, from the first event on: the state now is what they add up to. */
export function useOperationFeed(): OperationFeed {
  const [feed, setFeed] = useState<OperationFeed>({ newest: [], breaker: 'closed' })
  useLiveEvents(OperationEventsDocument, {}, ({ operationEvents }) => operationEvents, {
    afterSeq: 0,
    onEvents: (events) => {
      setFeed((before) => ({
        newest: [...events.toReversed(), ...before.newest].slice(0, SHOWN_MAX),
        breaker: events.reduce((state, { kind }) => breakerOf[kind] ?? state, before.breaker),
      }))
    },
  })
  return feed
}
