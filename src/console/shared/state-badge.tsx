import { Badge } from '@mantine/core'
import type { ReactNode } from 'react'
import type {
  AppointmentState,
  CampaignState,
  MessageState,
  NotificationState,
  RecipientState,
  WebhookDeliveryState,
} from '../generated/graphql.js'
import { words } from './format.js'

type AnyState =
  AppointmentState | CampaignState | MessageState | NotificationState | RecipientState | WebhookDeliveryState

/** One colour per meaning: blue moves, teal is done, grey rests, orange waits for somebody, red went wrong. */
const colours: Readonly<Record<AnyState, string>> = {
  DRAFT: 'gray',
  SCHEDULED: 'indigo',
  RUNNING: 'blue',
  PAUSED: 'orange',
  COMPLETED: 'teal',
  CANCELLED: 'gray',
  PENDING: 'gray',
  DISPATCHING: 'blue',
  ACCEPTED: 'teal',
  UNKNOWN: 'orange',
  UNPROVEN: 'orange',
  FAILED: 'red',
  SUPPRESSED: 'grape',
  EXPIRED: 'yellow',
  SKIPPED: 'gray',
  NO_SHOW: 'orange',
  PLANNED: 'indigo',
  QUEUED: 'blue',
  VOIDED: 'gray',
  WAITING: 'gray',
  SENDING: 'blue',
  DELIVERED: 'teal',
}

/** Where something stands. The word says it; the colour only helps. */
export function StateBadge({ state }: { state: AnyState }): ReactNode {
  return (
    <Badge color={colours[state]} variant="light" radius="sm" tt="none" fw={600}>
      {words(state)}
    </Badge>
  )
}
