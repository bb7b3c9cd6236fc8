import { describe, expect, test } from '@jest/globals'
import { groupEvents } from './event-groups.js'

const type = (name: string) => ({ __typename: 'WebhookEventType' as const, name, description: '' })

describe('events in groups', () => {
  test('what belongs together stands together, each event once and in its order', () => {
    const groups = groupEvents(
      ['consent.granted', 'message.sent', 'reply.received', 'message.failed'].map(type),
    )
    expect(groups.map(({ title, types }) => [title, types.map(({ name }) => name)])).toEqual([
      ['Answers and consent', ['consent.granted', 'reply.received']],
      ['Texts', ['message.sent', 'message.failed']],
    ])
  })

  test('an event of a kind that the console does not know yet is offered all the same', () => {
    expect(groupEvents([type('price_list.changed')]).map(({ title }) => title)).toEqual(['Price list'])
  })
})
