import { useEffect, useEffectEvent } from 'react'
import { hashOf, type Operation } from '../api/operation.js'
import { createFrameBatch } from './frame-batch.js'
import { follow, FROM_NOW } from './follow.js'

export interface LiveEventsOptions<Event> {
  /** Follows events after this one; undefined for those from now on. */
  afterSeq?: number | undefined
  /** False while it is not known yet where to begin. */
  isEnabled?: boolean
  /** For events from now on: called when it is settled where now is, so that what was read earlier is read again. */
  onBegin?: () => void
  /** Gets each event once and in order, many at a time. */
  onEvents: (events: readonly Event[]) => void
}

/** A stream of events with sequence numbers. */
export function useLiveEvents<Result, Variables, Event extends { seq: number }>(
  operation: Operation<Result, Variables>,
  variables: Omit<Variables, 'afterSeq'>,
  pick: (result: Result) => Event,
  { afterSeq, isEnabled = true, onBegin, onEvents }: LiveEventsOptions<Event>,
): void {
  const hand = useEffectEvent((results: readonly Result[]) => {
    onEvents(results.map(pick))
  })
  const begun = useEffectEvent(() => {
    onBegin?.()
  })
  const key = JSON.stringify([hashOf(operation), variables])
  useEffect(() => {
    if (!isEnabled) return
    const batch = createFrameBatch<Result>((results) => {
      hand(results)
    })
    const leave = follow(operation, variables as Variables, {
      position: { argument: 'afterSeq', start: afterSeq ?? FROM_NOW, of: (result) => pick(result).seq },
      onBegin: () => {
        begun()
      },
      onResult: batch.add,
    })
    return () => {
      leave()
      batch.stop()
    }
    // The key stands for operation and variables; where to begin matters at the beginning only.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, isEnabled])
}
