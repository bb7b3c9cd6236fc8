import assert from 'node:assert/strict'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { demoPassword } from '../src/app/seed.js'
import { checkoutRoot } from '../src/local/checkout.js'

const crmFile = path.join(checkoutRoot(), 'examples', 'contacts', 'contacts-crm-export.csv')
const SLOW_MS = 60_000
const SENDING_MS = 240_000

/** Two segments each, so that the welcome credits do not last for everybody; and one character that costs. */
const text =
  'Hi {{first_name|there}}, our spring sale starts on Monday – come by, bring a friend, and both of you get twenty percent off everything in the shop until the end of the week. We are looking forward to seeing you.'

/** The steps of the main job, each as a person does it. */
export function journeyOf(page: Page, address: string) {
  const button = (name: string | RegExp) => page.getByRole('button', { name })
  return {
    signIn: async (email: string, password: string = demoPassword): Promise<void> => {
      await page.goto(address)
      await page.getByLabel('E-mail').fill(email)
      await page.getByLabel('Password', { exact: false }).first().fill(password)
      await button('Sign in').click()
      await page.getByRole('heading', { name: 'Overview' }).waitFor({ timeout: SLOW_MS })
    },
    go: async (route: string, heading: string | RegExp): Promise<void> => {
      await page.goto(address + route)
      await page.getByRole('heading', { level: 1, name: heading }).waitFor({ timeout: SLOW_MS })
    },
    /** Up to the preview, where nothing is written yet. */
    uploadCrmFile: async (): Promise<void> => {
      await page.getByLabel('Name of the campaign').fill('Spring sale')
      await page.getByRole('tab', { name: 'A file or an import' }).click()
      await page.locator('input[type=file]').setInputFiles(crmFile)
      await page.getByLabel('Columns of the file').waitFor({ timeout: SLOW_MS })
    },
    importFile: async (): Promise<void> => {
      await page.getByLabel('How did these people agree').fill('They ticked the box on our sign-up form.')
      await button(/^Import 1,295 contacts/).click()
      await page.getByText('Undo this import').waitFor({ timeout: SLOW_MS })
      await button('On to the text').click()
    },
    writeText: async (): Promise<void> => {
      await page.getByRole('textbox', { name: 'Text', exact: false }).first().fill(text)
      await button('Replace – by -').click()
      await page.getByText('GSM-7', { exact: true }).waitFor()
      await page.getByText(/GSM-7, 2 segments, 2 credits/).waitFor({ timeout: SLOW_MS })
    },
    quote: async (): Promise<void> => {
      await button('Make the quote').click()
      await page.getByText('People who get it').waitFor({ timeout: SLOW_MS })
    },
    /** The draft has an address of its own now, and is found there as it was quoted, not as it was read before. */
    leaveAndComeBack: async (): Promise<void> => {
      await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}\/edit$/)
      // It is still the same form, at the same step.
      await page.getByRole('button', { name: 'Back', exact: true }).click()
      await page.getByRole('textbox', { name: 'Text', exact: false }).first().waitFor({ timeout: SLOW_MS })
      await page.getByRole('link', { name: 'Campaigns' }).first().click()
      await page.getByRole('heading', { level: 1, name: 'Campaigns' }).waitFor({ timeout: SLOW_MS })
      await page.goBack()
      await button('On to the text').click({ timeout: SLOW_MS })
    },
    /** A moment without the server takes nothing away that is being written. */
    loseServer: async (look: () => Promise<void>): Promise<void> => {
      await page.route('**/graphql', (route) => route.abort())
      await page.evaluate(`for (const name of ['offline', 'online']) dispatchEvent(new Event(name))`)
      await page.locator('[data-stale]').waitFor({ timeout: SLOW_MS })
      await look()
      await page.unroute('**/graphql')
      await page.locator('[data-stale]').getByRole('button', { name: 'Try again' }).click()
      await page.locator('[data-stale]').waitFor({ state: 'detached', timeout: SLOW_MS })
    },
    editText: async (from: string, to: string): Promise<void> => {
      const field = page.getByRole('textbox', { name: 'Text', exact: false }).first()
      await field.fill((await field.inputValue()).replace(from, to))
    },
    assertTextSays: async (words: string): Promise<void> => {
      const field = page.getByRole('textbox', { name: 'Text', exact: false }).first()
      assert.ok((await field.inputValue()).includes(words), `the text says “${words}”`)
    },
    openHours: async (): Promise<void> => {
      await button('When would each be texted?').click()
      await page.getByText('Why then').waitFor({ timeout: SLOW_MS })
      await page.waitForTimeout(1_200)
    },
    /** It comes by itself; nobody reloads. */
    openConversation: async (words: string): Promise<void> => {
      await page.locator('[data-conversation]').getByText(words).click({ timeout: SLOW_MS })
      await page.getByLabel('Texts, oldest first').getByText(words).waitFor({ timeout: SLOW_MS })
    },
    reply: async (words: string): Promise<void> => {
      await page.getByRole('textbox', { name: /^Answer / }).fill(words)
      await button('Replace – by -').click()
      await button('Send for 1 credit').waitFor({ timeout: SLOW_MS })
    },
    sendReply: async (): Promise<void> => {
      await button('Send for 1 credit').click()
      await page.locator('[data-ours=true]').getByText('see you then').waitFor({ timeout: SLOW_MS })
      await page.locator('[data-ours=true]').last().getByText('Accepted').waitFor({ timeout: SLOW_MS })
    },
    start: async (): Promise<string> => {
      await button('Start now').click()
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^Send to [\d,]+ people$/ })
        .click()
      await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/, { timeout: SLOW_MS })
      await page.getByText('Where everybody is').waitFor({ timeout: SLOW_MS })
      return page.url().split('/').at(-1) ?? ''
    },
    untilPausedForCredits: async (): Promise<void> => {
      await page.locator('[data-pause=CREDITS_EXHAUSTED]').waitFor({ timeout: SENDING_MS })
    },
    buyPack: async (): Promise<void> => {
      await page.getByRole('link', { name: 'Buy credits' }).click()
      await button('Buy 2,500 credits').click()
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^Go on to pay/ })
        .click()
      await button('Pay').click({ timeout: SLOW_MS })
      await page.waitForURL(/\/(billing\/paid|credits)/, { timeout: SLOW_MS })
    },
    openCampaign: async (id: string): Promise<void> => {
      await page.goto(`${address}/campaigns/${id}`)
      await page.getByText('Where everybody is').waitFor({ timeout: SLOW_MS })
    },
    untilCompleted: async (): Promise<void> => {
      await page.getByText('Completed', { exact: true }).first().waitFor({ timeout: SENDING_MS })
    },
    /** Every update of the funnel adds up; this one is read from the screen. */
    assertFunnelAddsUp: async (): Promise<void> => {
      const funnel = page.locator('[data-funnel-sum]')
      const sum = await funnel.getAttribute('data-funnel-sum')
      const audience = await funnel.getAttribute('data-funnel-audience')
      assert.equal(sum, audience, 'the funnel adds up to the audience')
    },
  }
}
