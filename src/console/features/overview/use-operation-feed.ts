import { useState } from 'react'
import { useRead } from '../../api/use-read.js'
import {
  OperationEventsDocument,
  RecentOperationsDocument,
  type OperationFragment,
  type RecentOperationsQuery,
} from '../../generated/graphql.js'
import { useLiveEvents } from '../../live/use-live-events.js'

export type OperationEvent = OperationFragment

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

/** What holds up sending: the newest that there is, then everything after it, each once. */
export function useOperationFeed(): OperationFeed {
  const [begin, setBegin] = useState<RecentOperationsQuery['recentOperations'] | null>(null)
  const [feed, setFeed] = useState<OperationFeed>({ newest: [], breaker: 'closed' })
  const read = useRead(RecentOperationsDocument, {}).data?.recentOperations
  // The stream goes on from the first reading for as long as the screen is there.
  if (begin === null && read !== undefined) {
    setBegin(read)
    setFeed((before) => extend(before, read.events.toReversed()))
  }
  useLiveEvents(OperationEventsDocument, {}, ({ operationEvents }) => operationEvents, {
    afterSeq: begin?.seq,
    isEnabled: begin !== null,
    onEvents: (events) => {
      setFeed((before) => extend(before, events))
    },
  })
  return feed
}

function extend({ newest, breaker }: OperationFeed, events: readonly OperationEvent[]): OperationFeed {
  return {
    newest: [...events.toReversed(), ...newest].slice(0, SHOWN_MAX),
    breaker: events.reduce((state, { kind }) => breakerOf[kind] ?? state, breaker),
  }
}
