import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { consentDeps } from '../../src/app/slice-deps.js'
import { systemClock } from '../../src/kernel/clock.js'
import { newId, type AccountId } from '../../src/kernel/ids.js'
import { silentLogger } from '../../src/platform/observability/logger.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { runnableLanes, sendTest } from '../../src/slices/campaigns/index.js'
import { grantConsent, revokeConsent } from '../../src/slices/contacts/index.js'
import { applyInboundTexts, replyToConversation, updateInboxSettings } from '../../src/slices/inbox/index.js'
import { singleMessageLanes, type Lane } from '../../src/slices/messages/index.js'
import { createInbox } from '../../src/slices/webhooks/index.js'
import {
  aCampaignWorld,
  aDraft,
  anAudience,
  aRunningCampaign,
  aUser,
  people,
  type CampaignWorld,
} from '../campaigns/campaign-world.js'
import { startCarrierRig, type CarrierRig } from '../support/carrier-rig.js'
import { aSendingAccount, theyAgree } from '../support/builders/messages.js'

// Everything that sends, with consent that is missing from the start or withdrawn after it was asked for: whatever the use
// case answers, the worker runs over all that is there, and the carrier must have heard of none of these numbers.

let world: CampaignWorld
let rig: CarrierRig
let accountId: AccountId

beforeAll(async () => {
  world = await aCampaignWorld()
  world.deps = { ...world.deps, clock: systemClock }
  rig = await startCarrierRig(world.db)
})
afterAll(async () => {
  await rig.stop()
  await world.drop()
})
beforeEach(async () => {
  accountId = await aSendingAccount(world.db, 100)
})

async function runEverything(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    const lanes: Lane[] = [
      ...(await singleMessageLanes(world.db, systemClock)),
      ...(await runnableLanes(world.deps)),
    ]
    await rig.worker('w1', () => lanes).runOnce()
  }
  await rig.settleReports()
}

function reachedBy(phone: string): string[] {
  return rig.local.control
    .record()
    .filter((line) => line.to === phone)
    .map((line) => line.body ?? '')
}

async function revoke(phone: string): Promise<void> {
  const deps = { db: world.db, clock: systemClock, ...consentDeps({ db: world.db, clock: systemClock }) }
  const done = await revokeConsent(deps, accountId, { phone, method: 'verbal', actor: 'user:test' })
  expect(done.ok).toBe(true)
}

async function wrote(phone: string, body: string): Promise<string> {
  const sid = `SM${newId().replaceAll('-', '')}`
  await createInbox(world.db).store({
    provider: 'twilio.inbound',
    route: '',
    dedupeKey: sid,
    params: { MessageSid: sid, From: phone, To: rig.sender.address, Body: body },
  })
  await applyInboundTexts({ db: world.db, clock: systemClock, log: silentLogger, hooks: [] })
  const [row] = await readQuery<{ id: string }>(
    world.db,
    '/* test */ select id from conversation where account_id = $1 and phone = $2',
    [accountId, phone],
  )
  return row?.id ?? ''
}

test('a test text', async () => {
  const [without, gone] = await people(world, accountId, [{ consent: 'none' }, {}])
  const campaignId = await aDraft(world, accountId)
  for (const [place, to] of [without, gone].entries())
    await sendTest(world.deps, aUser(accountId), {
      campaignId,
      to: { phone: to?.phone ?? '' },
      idempotencyKey: `gate-test-${String(place)}`,
    })
  await revoke(gone?.phone ?? '')
  await runEverything()
  expect([...reachedBy(without?.phone ?? ''), ...reachedBy(gone?.phone ?? '')]).toEqual([])
})

test('a reply of a person', async () => {
  const [stopped, later] = await people(world, accountId, [{ consent: 'none' }, { consent: 'none' }])
  const reply = async (conversationId: string, key: string) =>
    replyToConversation({ db: world.db, clock: systemClock }, aUser(accountId), {
      conversationId,
      body: 'But wait!',
      idempotencyKey: key,
    })
  const first = await wrote(stopped?.phone ?? '', 'STOP')
  expect(await reply(first, 'gate-reply-1')).toMatchObject({ ok: false, reason: 'opted-out' })
  const second = await wrote(later?.phone ?? '', 'Hello')
  expect(await reply(second, 'gate-reply-2')).toMatchObject({ ok: true })
  await wrote(later?.phone ?? '', 'STOP')
  await runEverything()
  expect([...reachedBy(stopped?.phone ?? ''), ...reachedBy(later?.phone ?? '')]).toEqual([])
})

test('a campaign', async () => {
  const audience = await anAudience(world, 50, 5)
  accountId = audience.accountId
  await aRunningCampaign(world, accountId)
  for (const phone of audience.phones) await revoke(phone)
  await runEverything()
  for (const phone of audience.phones) expect(reachedBy(phone)).toEqual([])
})

test('the question of a double opt-in, to somebody who opted out before it left', async () => {
  const [asked] = await people(world, accountId, [{ consent: 'none' }])
  const phone = asked?.phone ?? ''
  await updateInboxSettings({ db: world.db, clock: systemClock }, accountId, {
    doubleOptIn: true,
    actor: 'user:test',
  })
  const deps = { db: world.db, clock: systemClock, ...consentDeps({ db: world.db, clock: systemClock }) }
  const granted = await grantConsent(deps, accountId, {
    phone,
    purposes: ['marketing'],
    level: 'express',
    method: 'api',
    actor: 'user:test',
  })
  expect(granted).toMatchObject({ ok: true, eventIds: [] })
  await revoke(phone)
  await runEverything()
  expect(reachedBy(phone)).toEqual([])
})

test('and where there is consent, the same way does reach the carrier', async () => {
  const [person] = await people(world, accountId, [{}])
  await theyAgree(world.db, accountId, [person?.phone ?? ''], 'transactional')
  const conversationId = await wrote(person?.phone ?? '', 'Hello')
  await replyToConversation({ db: world.db, clock: systemClock }, aUser(accountId), {
    conversationId,
    body: 'Hello yourself',
    idempotencyKey: 'gate-reply-3',
  })
  await runEverything()
  expect(reachedBy(person?.phone ?? '')).toEqual(['Hello yourself'])
})
