import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { systemClock } from '../src/kernel/clock.js'
import type { ServerView } from './server-view.js'

const SLOW_MS = 30_000
const NEW_YORK = 'America/New_York'
const people = [
  { firstName: 'Ana', lastName: 'Alvarez', phone: '+12125559101', timeZone: 'America/Los_Angeles' },
  { firstName: 'Ben', lastName: 'Bower', phone: '+12125559102', timeZone: NEW_YORK },
  { firstName: 'Cleo', lastName: 'Crane', phone: '+12125559103', timeZone: 'Europe/London' },
] as const

/** Two Wednesdays on: far enough that every reminder is still to come. */
const day = systemClock.now().setZone(NEW_YORK).startOf('week').plus({ weeks: 2, days: 2 }).toISODate() ?? ''

type Look = (screen: string) => Promise<void>

/** Books, changes, moves and cancels through the console, and sees what is to be told change with it. */
export async function appointmentsJob(
  page: Page,
  address: string,
  server: ServerView,
  look: Look,
): Promise<void> {
  await addPeople(server)
  const job = stepsOf(page, address)
  await job.open('/appointments', 'Appointments')
  await look('appointments-empty')
  await job.open('/appointments/settings', 'What is told')
  await page.getByText(/GSM-7, \d segment/).waitFor({ timeout: SLOW_MS })
  await look('appointments-settings')

  await job.open('/appointments/book', 'Book an appointment')
  await job.fill(['Ana'], '12:00', 'First talk')
  await look('appointments-book')
  const appointment = await job.confirm(/^Book and tell 1 person$/, /\/appointments\/[0-9a-f-]{36}$/, look)
  const atNoon = await job.reminders()
  assert.equal(atNoon.length, 3, 'three reminders are planned')
  assert.ok(
    atNoon.every((text) => text.includes('Los Angeles') || /P[SD]T/.test(text)),
    'on the clock of the client',
  )
  await look('appointment')

  await page.getByRole('button', { name: 'Move…' }).click()
  await page.getByLabel('New time').fill('15:30')
  await page.locator('[data-forecast]').waitFor({ timeout: SLOW_MS })
  await look('appointment-move')
  await page.getByRole('button', { name: 'Move and tell 1 person' }).click()
  await page.getByText('revision 2').first().waitFor({ timeout: SLOW_MS })
  await page
    .locator('[data-plan^="rescheduled_appointment"], [data-plan^="scheduled_appointment"]')
    .first()
    .waitFor()
  const atHalfPast = await job.reminders()
  assert.equal(atHalfPast.length, 3, 'the reminders of the new time are planned')
  assert.notDeepEqual(atHalfPast, atNoon, 'and they are others')
  await page.getByText(/What earlier revisions were to tell/).click()
  assert.ok(
    (await page.locator('[data-plan$="VOIDED"]').count()) >= 3,
    'nothing of the old time is told any more',
  )
  await look('appointment-moved')

  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Change…' }).click()
  await page.getByLabel('Place').fill('Main Street 1')
  await page.locator('[data-forecast]').waitFor({ timeout: SLOW_MS })
  await look('appointment-change')
  await page.getByRole('button', { name: 'Keep the changes' }).click()
  await page.getByText('revision 3').first().waitFor({ timeout: SLOW_MS })
  await page.getByRole('tab', { name: 'History' }).click()
  await page.getByText('Another place.').waitFor()
  await look('appointment-history')

  await job.open('/appointments/book', 'Book an appointment')
  await page.getByText('Recurring', { exact: true }).click()
  await job.fill(['Ben'], '09:00', 'Weekly')
  await page.getByText('Every week on Wednesday, 10 times').waitFor()
  await look('appointments-book-series')
  await job.confirm(/^Book and tell 1 person$/, /\/appointments\/series\/[0-9a-f-]{36}$/)
  await page.getByText('This one is reminded of').waitFor({ timeout: SLOW_MS })
  await look('appointment-series')
  await page.getByRole('button', { name: 'Move the rest…' }).click()
  await page.locator('[data-forecast]').waitFor({ timeout: SLOW_MS })
  await look('appointment-series-move')
  await page.getByRole('button', { name: 'Back' }).click()
  await job.open('/appointments/series', 'Series')
  await page.getByText('Every week on Wednesday, 10 times').waitFor({ timeout: SLOW_MS })
  await look('appointment-series-list')

  await job.open('/appointments/book', 'Book an appointment')
  await page.getByText('Group', { exact: true }).click()
  await job.fill(['Ana', 'Ben', 'Cleo'], '12:30', 'Breathing')
  await job.confirm(/^Book and tell 3 people$/, /\/appointments\/[0-9a-f-]{36}$/)
  await page.getByRole('table', { name: 'Who takes part' }).waitFor({ timeout: SLOW_MS })
  await look('appointment-group')

  for (const view of ['week', 'month', 'list']) {
    await job.open(`/appointments?view=${view}&date=${day}&zone=${NEW_YORK}`, 'Appointments')
    await page.getByText('Ana Alvarez').first().waitFor({ timeout: SLOW_MS })
    await look(`appointments-${view}`)
  }

  await job.open(`/appointments/${appointment}`, 'First talk')
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Cancel…' }).click()
  await page.locator('[data-forecast]').waitFor({ timeout: SLOW_MS })
  await look('appointment-cancel')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Cancel it/ })
    .click()
  await page.getByText('revision 4').first().waitFor({ timeout: SLOW_MS })
  await page.getByText('Cancelled', { exact: true }).first().waitFor()
  assert.deepEqual(await job.reminders(), [], 'no reminder is planned any more')
  await look('appointment-cancelled')
  await sameAsServer(server, appointment)
}

/** What the screen said is what the server has: nothing of any revision waits. */
async function sameAsServer(server: ServerView, id: string): Promise<void> {
  const { appointment } = await server.ask<{
    appointment: { state: string; plan: { state: string; offsetMinutes: number }[] }
  }>('query ($id: ID!) { appointment(id: $id) { state plan { state offsetMinutes } } }', { id })
  assert.equal(appointment.state, 'CANCELLED')
  const waiting = appointment.plan.filter(
    ({ state, offsetMinutes }) => state === 'PLANNED' && offsetMinutes > 0,
  )
  assert.deepEqual(waiting, [], 'no reminder waits')
}

function stepsOf(page: Page, address: string) {
  const choose = async (label: string, typed: string, option: string | RegExp): Promise<void> => {
    await page.getByLabel(label).first().fill(typed)
    await page.getByRole('option', { name: option }).first().click()
  }
  return {
    open: async (route: string, heading: string): Promise<void> => {
      await page.goto(address + route)
      await page.getByRole('heading', { level: 1, name: heading }).waitFor({ timeout: SLOW_MS })
      await page.waitForTimeout(600)
    },
    fill: async (clients: readonly string[], time: string, about: string): Promise<void> => {
      const label = (await page.getByLabel('Clients').count()) > 0 ? 'Clients' : 'Client'
      for (const client of clients) await choose(label, client, new RegExp(`^${client} `))
      await page.keyboard.press('Escape')
      await page.locator('input[type=date]').first().fill(day)
      await page.locator('input[type=time]').first().fill(time)
      await choose('Time zone where it is', 'new york', NEW_YORK)
      await page.getByLabel('About').fill(about)
      await page.locator('[data-forecast]').waitFor({ timeout: SLOW_MS })
    },
    /** Asks, confirms, and answers the id of what was booked. */
    confirm: async (button: RegExp, url: RegExp, look?: Look): Promise<string> => {
      await page.getByRole('button', { name: 'Book…' }).click()
      const confirm = page.getByRole('dialog').getByRole('button', { name: button })
      await confirm.waitFor({ timeout: SLOW_MS })
      await look?.('appointments-book-ask')
      await confirm.click()
      await page.waitForURL(url, { timeout: SLOW_MS })
      await page.waitForTimeout(600)
      return page.url().split('/').at(-1) ?? ''
    },
    /** What is still to be reminded of, as the table says it. */
    reminders: async (): Promise<string[]> => {
      await page.waitForTimeout(1_200)
      const rows = page
        .getByRole('table', { name: 'Who is told what' })
        .locator('[data-plan^="reminder"][data-plan$="PLANNED"]')
      return rows.allInnerTexts()
    },
  }
}

async function addPeople(server: ServerView): Promise<void> {
  for (const { phone, ...details } of people) {
    await server.ask(
      'mutation ($phone: ShortText!, $details: ContactInput) { createContact(phone: $phone, details: $details) { __typename } }',
      { phone, details },
    )
    await server.ask(`mutation ($input: GrantConsentInput!) { grantConsent(input: $input) { __typename } }`, {
      input: {
        phone,
        purposes: ['TRANSACTIONAL'],
        level: 'EXPRESS',
        method: 'VERBAL',
        exactText: 'Yes, remind me.',
        source: 'Front desk',
      },
    })
  }
}
