import { useState } from 'react'
import { useRead } from '../../api/use-read.js'
import {
  SendingEventsDocument,
  MessageTallyDocument,
  type MessageTallyQuery,
} from '../../generated/graphql.js'
import { useLiveEvents } from '../../live/use-live-events.js'
import { startOfToday } from '../../shared/clock.js'
import { countOn, todayFrom, type Today } from './today.js'

/** Today's numbers: one tally from the event log, then every event after it, each once. Null until the tally is there. */
export function useToday(): Today | null {
  const [since] = useState(() => startOfToday().toISOString())
  const read = useRead(MessageTallyDocument, { since }).data?.messageTally
  const [tally, setTally] = useState<MessageTallyQuery['messageTally'] | null>(null)
  const [today, setToday] = useState<Today | null>(null)
  // The stream goes on from the first tally for as long as the screen is there; a later reading would count twice.
  if (tally === null && read !== undefined) {
    setTally(read)
    setToday(todayFrom(read))
  }
  useLiveEvents(SendingEventsDocument, {}, ({ messageEvents }) => messageEvents, {
    afterSeq: tally?.seq,
    isEnabled: tally !== null,
    onEvents: (events) => {
      setToday((before) => before && countOn(before, events))
    },
  })
  return today
}
