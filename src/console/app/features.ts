import { appointments } from '../features/appointments/feature.js'
import { campaigns } from '../features/campaigns/feature.js'
import { contacts } from '../features/contacts/feature.js'
import { credits } from '../features/credits/feature.js'
import { developers } from '../features/developers/feature.js'
import { inbox } from '../features/inbox/feature.js'
import { messages } from '../features/messages/feature.js'
import { operations } from '../features/operations/feature.js'
import { overview } from '../features/overview/feature.js'
import { quietHours } from '../features/quiet-hours/feature.js'
import { team } from '../features/team/feature.js'
import type { Feature } from './feature.js'

/** In the order of the navigation. A new noun is a folder in features/ and a line here. */
export const features: readonly Feature[] = [
  overview,
  campaigns,
  contacts,
  inbox,
  appointments,
  messages,
  quietHours,
  credits,
  developers,
  team,
  operations,
]
