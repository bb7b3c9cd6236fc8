import assert from 'node:assert/strict'
import type { BrowserContext, Page } from 'playwright-core'
import { systemClock } from '../src/kernel/clock.js'
import type { ServerView } from './server-view.js'

const SLOW_MS = 30_000
const LIST = '/appointments?view=list&zone=America/New_York'

/**
 * Between what a screen reads and the beginning of its live view something may happen. The subscription is held up here
 * for as long as it takes somebody else to book and to cancel; both are to be seen all the same, without a reload.
 */
export async function nothingMissedBetween(
  page: Page,
  context: BrowserContext,
  address: string,
  server: ServerView,
): Promise<void> {
  const gate = await subscriptionGate(context)
  const { contacts } = await server.ask<{ contacts: { edges: { node: { id: string } }[] } }>(
    '{ contacts(filter: { search: "a" }, first: 1) { edges { node { id } } } }',
  )
  const contactId = contacts.edges[0]?.node.id
  assert.ok(contactId !== undefined, 'somebody can be booked')
  const book = async (title: string): Promise<string> => {
    const { bookAppointment } = await server.ask<{ bookAppointment: { id?: string; message?: string } }>(
      `mutation ($input: BookAppointmentInput!, $key: IdempotencyKey!) { bookAppointment(input: $input, idempotencyKey: $key) {
         ... on Appointment { id } ... on Refused { message } } }`,
      {
        input: {
          clients: [{ contactId }],
          startsAt: systemClock.now().plus({ days: 2 }).startOf('hour').toUTC().toISO(),
          durationMinutes: 30,
          zone: 'America/New_York',
          title,
        },
        key: `gap-${title.replaceAll(' ', '-')}`,
      },
    )
    assert.ok(bookAppointment.id !== undefined, bookAppointment.message)
    return bookAppointment.id
  }

  const first = await book('Was there before')
  gate.hold()
  await page.goto(address + LIST)
  await page.getByText('Was there before').waitFor({ timeout: SLOW_MS })
  await gate.untilHeld()
  await page.waitForTimeout(1_000)
  await book('Came in between')
  gate.open()
  await page.getByText('Came in between').waitFor({ timeout: SLOW_MS })

  await page.goto('about:blank')
  gate.hold()
  await page.goto(`${address}/appointments/${first}`)
  await page.getByText('Scheduled', { exact: true }).first().waitFor({ timeout: SLOW_MS })
  await gate.untilHeld()
  await page.waitForTimeout(1_000)
  await server.ask(
    'mutation ($id: ID!) { cancelAppointment(appointmentId: $id, idempotencyKey: "gap-cancel") { __typename ... on Refused { message } } }',
    { id: first },
  )
  gate.open()
  await page.getByText('revision 2').first().waitFor({ timeout: SLOW_MS })
  await page.getByText('Cancelled', { exact: true }).first().waitFor({ timeout: SLOW_MS })
}

interface SubscriptionGate {
  hold(): void
  untilHeld(): Promise<void>
  open(): void
}

/** Lets everything through but the beginning of live views, while it is held. */
async function subscriptionGate(context: BrowserContext): Promise<SubscriptionGate> {
  let isHeld = false
  let waiting: (() => void)[] = []
  let somethingHeld = (): void => undefined
  await context.routeWebSocket(/\/graphql$/, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((message) => {
      if (!isHeld || !String(message).includes('"type":"subscribe"')) {
        server.send(message)
        return
      }
      waiting.push(() => {
        server.send(message)
      })
      somethingHeld()
    })
  })
  return {
    hold: () => {
      isHeld = true
      waiting = []
    },
    untilHeld: () =>
      new Promise((resolve) => {
        if (waiting.length > 0) resolve()
        else somethingHeld = resolve
      }),
    open: () => {
      isHeld = false
      for (const pass of waiting) pass()
      waiting = []
    },
  }
}
