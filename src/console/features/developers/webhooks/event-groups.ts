import type { WebhookEventTypesQuery } from '../../../generated/graphql.js'
import { words } from '../../../shared/format.js'

export type EventType = WebhookEventTypesQuery['webhookEventTypes'][number]

export interface EventGroup {
  title: string
  types: readonly EventType[]
}

/** Where an event is looked for, by the first word of its name. One that is not here makes a group of its own. */
const titles: Readonly<Record<string, string>> = {
  message: 'Texts',
  campaign: 'Campaigns',
  credits: 'Credits and top-up',
  top_up: 'Credits and top-up',
  reply: 'Answers and consent',
  consent: 'Answers and consent',
  appointment: 'Appointments',
  account: 'Account and endpoints',
  endpoint: 'Account and endpoints',
}

/** Events as people choose them: together what belongs together, in the order in which the server tells them. */
export function groupEvents(types: readonly EventType[]): EventGroup[] {
  const groups = new Map<string, EventType[]>()
  for (const type of types) {
    const noun = type.name.split('.')[0] ?? type.name
    const title = titles[noun] ?? words(noun)
    groups.set(title, [...(groups.get(title) ?? []), type])
  }
  return [...groups].map(([title, members]) => ({ title, types: members }))
}
