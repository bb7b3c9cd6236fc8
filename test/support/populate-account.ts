import type { AppContext } from '../../src/app/app-context.js'
import { appointmentDeps, campaignDeps, consentDeps, contactDeps } from '../../src/app/slice-deps.js'
import { newId, trustId, type AccountId, type ContactId } from '../../src/kernel/ids.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { silentLogger } from '../../src/platform/observability/logger.js'
import { bookAppointment, bookSeries } from '../../src/slices/appointments/index.js'
import {
  createCampaign,
  quoteCampaign,
  startCampaign,
  prepareAudiences,
} from '../../src/slices/campaigns/index.js'
import { createContact, grantConsent, importContacts } from '../../src/slices/contacts/index.js'
import { createEndpoint } from '../../src/slices/endpoints/index.js'
import { sendTestEvent } from '../../src/slices/endpoints/send-test-event.js'
import { applyInboundTexts, replyToConversation, updateInboxSettings } from '../../src/slices/inbox/index.js'
import { createInbox } from '../../src/slices/webhooks/index.js'
import { aLot } from './builders/credits.js'
import { aLane, claim, settle, someMessages, somePhones, theyAgree } from './builders/messages.js'
import { makeAccount, makeApiKey, makeMember, type TestAccount } from './people.js'

/**
 * An account with at least one of everything, made through the use cases. The walk over the schema tries to reach all
 * of it from another account: whoever adds a thing that accounts own adds one here.
 */
export async function makePopulatedAccount(app: AppContext, name: string): Promise<TestAccount> {
  const account = await makeAccount(app, name)
  const { accountId } = account
  await makeMember(app, accountId, 'operator')
  await makeApiKey(app, account)
  await aLot(app.db, accountId, 500)
  const phones = somePhones(4)
  for (const phone of phones) {
    const contact = await createContact(app, accountId, {
      phone,
      firstName: `${name} contact`,
      tags: ['everybody'],
    })
    if (!contact.ok) throw new Error(contact.reason)
  }
  await theyAgree(app.db, accountId, phones)
  await importSome(app, accountId)
  await sendSome(app, accountId)
  await makeCampaigns(app, account)
  await bookSome(app, account)
  await billSome(app, accountId)
  await writeIn(app, accountId, phones[0] ?? '')
  await mailOne(app, accountId)
  await hookOne(app, accountId)
  return account
}

/**
 * As payments leave it: an order, a payment, a subscription with an invoice, a top-up. The customer is one of the payment
 * provider where there is one, so that the API can be called through to it.
 */
async function billSome({ db, billing }: AppContext, accountId: AccountId): Promise<void> {
  const customerId = (await billing?.provider.createCustomer(accountId, 'Walked')) ?? `cus_${accountId}`
  const orderId = newId()
  const at = '2026-03-01T00:00:00Z'
  const statements: [string, unknown[]][] = [
    [`insert into billing_customer values ($1::uuid, $3, 'pm_1', $2)`, [accountId, at, customerId]],
    [
      `insert into billing_order (id, account_id, kind, code, credits, amount_minor, currency, state, session_id, session_url, idem_key,
         created_at, expires_at, changed_at)
       values ($2::uuid, $1::uuid, 'pack', 'credits_1000', 1000, 1500, 'usd', 'paid', 'cs_' || $2::text, 'https://pay.test/' || $1::text, 'k', $3, $3, $3)`,
      [accountId, orderId, at],
    ],
    [
      `insert into billing_payment (id, account_id, order_id, status, currency, amount_minor, received_minor, refunded_minor,
         disputed_minor, dispute_open, fraud_warned, receipt_url, created_at)
       values ('pi_' || $1::text, $1::uuid, $2::uuid, 'succeeded', 'usd', 1500, 1500, 0, 0, false, false, 'https://receipt.test/' || $1::text, $3)`,
      [accountId, orderId, at],
    ],
    [
      `insert into billing_subscription (id, account_id, status, collection_paused, created_at) values ('sub_' || $1::text, $1::uuid, 'active', false, $2)`,
      [accountId, at],
    ],
    [
      `insert into billing_invoice (id, account_id, status, currency, total_minor, paid_minor, attempts, created_at)
       values ('in_' || $1::text, $1::uuid, 'paid', 'usd', 1900, 1900, 1, $2)`,
      [accountId, at],
    ],
    [
      `insert into top_up_setting (account_id, enabled, threshold_credits, mode, credits, monthly_cap_minor, disabled_reason, changed_at)
       values ($1::uuid, false, 10, 'fixed', 1000, 5000, 'by-customer', $2)`,
      [accountId, at],
    ],
    [`insert into top_up_month values ($1::uuid, '2026-03-01', 5000, 1500)`, [accountId]],
    [
      `insert into top_up (id, account_id, state, credits, amount_minor, currency, month, card_id, look_at, requested_at, ended_at)
       values ($2::uuid, $1::uuid, 'succeeded', 1000, 1500, 'usd', '2026-03-01', 'pm_1', $3, $3, $3)`,
      [accountId, newId(), at],
    ],
  ]
  for (const [sql, params] of statements) await readQuery(db, `/* test.billSome */ ${sql}`, params)
}

/** A conversation with an answer, a double opt-in that waits, and a number that cannot take texts. */
async function writeIn(app: AppContext, accountId: AccountId, phone: string): Promise<void> {
  const { db, clock } = app
  const sid = `SM${newId().replaceAll('-', '')}`
  await createInbox(db).store({
    provider: 'twilio.inbound',
    route: '',
    dedupeKey: sid,
    params: { MessageSid: sid, From: phone, To: '+15005550006', Body: 'What do you offer?' },
  })
  await applyInboundTexts({ db, clock, log: silentLogger, hooks: [] })
  const [conversation] = await readQuery<{ id: string }>(
    db,
    '/* test.writeIn */ select id from conversation where account_id = $1',
    [accountId],
  )
  const caller = { accountId, actor: { kind: 'user', id: accountId } } as const
  await theyAgree(db, accountId, [phone], 'transactional')
  const replied = await replyToConversation(app, caller, {
    conversationId: conversation?.id ?? '',
    body: 'Everything.',
    idempotencyKey: 'walk-reply-key',
  })
  if (!replied.ok) throw new Error(replied.reason)
  const changed = await updateInboxSettings(app, accountId, { doubleOptIn: true, actor: 'test' })
  if (!changed.ok) throw new Error(changed.reason)
  const [asked = '', landline = ''] = somePhones(2)
  const granted = await grantConsent({ db, clock, ...consentDeps(app) }, accountId, {
    phone: asked,
    purposes: ['marketing'],
    level: 'express',
    method: 'web_form',
    actor: 'test',
  })
  if (!granted.ok) throw new Error(granted.reason)
  await readQuery(
    db,
    `/* test.writeIn */ insert into unreachable (account_id, phone, code, words, marked_at) values ($1, $2, 30006, 'A landline.', now())`,
    [accountId, landline],
  )
}

/** A text that is followed by an e-mail, sent as far as the database knows. */
async function mailOne({ db }: AppContext, accountId: AccountId): Promise<void> {
  const statements = [
    `insert into email_setting values ($1, true, 0, now(), 'test')`,
    `insert into email_fallback (message_id, account_id, why, state, tries, not_before, address, created_at, changed_at)
     select id, account_id, 'failed', 'sent', 1, now(), id::text || '@people.test', now(), now() from message
     where account_id = $1 and campaign_id is null order by id limit 1`,
    `insert into email_attempt (message_id, n, outcome, at)
     select message_id, 1, 'began', now() from email_fallback where account_id = $1`,
  ]
  for (const sql of statements) await readQuery(db, `/* test.mailOne */ ${sql}`, [accountId])
}

/** An endpoint with a test event that nobody sends. */
async function hookOne(app: AppContext, accountId: AccountId): Promise<void> {
  const made = await createEndpoint(app, accountId, {
    url: `https://${accountId}.example.com/hooks`,
    description: 'Walked',
    eventTypes: ['message.sent'],
    actor: 'test',
  })
  if (!made.ok) throw new Error(made.reason)
  const sent = await sendTestEvent(app, accountId, made.endpointId)
  if (!sent.ok) throw new Error(sent.reason)
}

async function importSome(app: AppContext, accountId: AccountId): Promise<void> {
  const [phone = ''] = somePhones(1)
  const upload = {
    accountId,
    actor: 'test',
    fileName: 'some.csv',
    source: (async function* () {
      yield new TextEncoder().encode(`phone,first name\n${phone},Ida\nnot a number,Nobody\n`)
    })(),
  }
  const done = await importContacts(contactDeps(app), upload, {})
  if (!done.ok) throw new Error(done.reason)
}

/** One single text sent, one with an unknown outcome, one waiting. */
async function sendSome(app: AppContext, accountId: AccountId): Promise<void> {
  const phones = somePhones(3)
  await theyAgree(app.db, accountId, phones, 'transactional')
  await someMessages(app.db, accountId, phones, { campaignId: null, purpose: 'transactional' })
  const { claimed } = await claim(app.db, { clock: app.clock, lane: aLane(accountId, null), limit: 2 })
  const [sent, unknown] = claimed.map((message) => message.attemptId)
  if (sent === undefined || unknown === undefined) throw new Error('nothing was claimed')
  await settle(app.db, app.clock, accountId, [sent])
  await settle(app.db, app.clock, accountId, [unknown], () => ({ kind: 'unknown', reason: 'timeout' }))
}

/** A draft with a quote, and a running one. */
async function makeCampaigns(app: AppContext, account: TestAccount): Promise<void> {
  const deps = campaignDeps(app)
  const caller = { accountId: account.accountId, actor: { kind: 'user', id: account.owner.userId } } as const
  const content = {
    name: 'Spring',
    purpose: 'marketing',
    template: 'Hello {{first_name|there}}',
    audience: {},
  } as const
  for (const isStarted of [false, true]) {
    const campaign = await createCampaign(deps, caller, content)
    if (!campaign.ok) throw new Error(campaign.reason)
    const quoted = await quoteCampaign(deps, caller, campaign)
    if (!quoted.ok) throw new Error(quoted.reason)
    if (!isStarted) continue
    const started = await startCampaign(deps, caller, { ...campaign, quoteId: quoted.quote.id })
    if (!started.ok) throw new Error(started.reason)
  }
  await prepareAudiences(deps)
}

/** An appointment and a series, with what is to be told about them. */
async function bookSome(app: AppContext, { accountId, owner }: TestAccount): Promise<void> {
  const deps = appointmentDeps(app)
  const caller = { accountId, actor: { kind: 'user', id: owner.userId } } as const
  const [phone = ''] = somePhones(1)
  const made = await createContact(app, accountId, { phone, firstName: 'Walked' })
  if (!made.ok) throw new Error(made.reason)
  const input = {
    startsAt: app.clock.now().plus({ days: 5 }).startOf('minute').toJSDate(),
    durationMinutes: 50,
    zone: 'America/New_York',
    clients: [{ contactId: trustId<ContactId>(made.contact.id) }],
  }
  const booked = await bookAppointment(deps, caller, { ...input, kind: 'individual' })
  if (!booked.ok) throw new Error(booked.reason)
  const series = await bookSeries(deps, caller, { ...input, rule: 'FREQ=WEEKLY;COUNT=3' })
  if (!series.ok) throw new Error(series.reason)
}
