import { createReadStream } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { demoPassword, demoPeople, seedDemo } from '../../app/seed.js'
import { runAudit } from '../../app/audit/run-audit.js'
import {
  BuyCreditsDocument,
  CampaignFailuresDocument,
  CampaignProgressDocument,
  ChooseUnknownPolicyDocument,
  CreateCampaignDocument,
  CreditBalanceDocument,
  GrantCreditsDocument,
  ImportStateDocument,
  PauseCampaignDocument,
  QuoteCampaignDocument,
  ResumeCampaignDocument,
  SignInDocument,
  StartCampaignDocument,
  StartImportDocument,
  type CampaignProgressSubscription,
} from '../../client/generated/graphql.js'
import { request, type Endpoint } from '../../client/request.js'
import { subscribe } from '../../client/subscribe.js'
import { systemClock } from '../../kernel/clock.js'
import type { AccountId } from '../../kernel/ids.js'
import { pause } from '../../kernel/pause.js'
import { checkoutRoot } from '../../local/checkout.js'
import { createDataSource, type Db } from '../../platform/db/data-source.js'
import { readCarrierRecord, sendRate } from './carrier-record.js'
import type { DemoStack } from './stack.js'

const FIRST_CREDITS = 3_000
const SECOND_CREDITS = 2_500
const SECOND_CODE = 'credits_2500'
const GOOD_CARD = '4242424242424242'
/** Of the accepted: far enough in that both workers are at it. */
const KILL_AT = 1_000
const PAUSE_AT = 4_000
const FOLLOW_TIMEOUT_MS = 180_000
const contactsFile = path.join(checkoutRoot(), 'examples', 'contacts', 'contacts-5000.csv')

export interface DemoResult {
  recipients: number
  sent: number
  reached: number
  duplicates: number
  skipped: Record<string, number>
  /** Texts that the carrier refused for good, by what it said. */
  failed: Record<string, number>
  granted: number
  /** How the second batch of credits came. */
  boughtBy: 'checkout'
  captured: number
  held: number
  available: number
  /** Captured credits at the moment at which it stood still by itself. */
  pausedAt: number
  pauseReason: string
  nextPlaceAtPause: number | null
  workersKilled: number
  auditBreaches: number
  messagesPerSecond: number
  /** From asking for a pause to the last text that the carrier took. */
  pauseToLastSendMs: number
}

type Progress = NonNullable<CampaignProgressSubscription['campaignProgress']>

/** The main job, from a file of contacts to a finished campaign, with a crash and an empty balance on the way. */
export async function playMainJob(stack: DemoStack, say: (line: string) => void): Promise<DemoResult> {
  const dataSource = createDataSource({
    url: stack.databaseUrl,
    poolSize: 3,
    applicationName: 'tollgate-demo',
  })
  await dataSource.initialize()
  try {
    return await play(stack, { dataSource }, say)
  } finally {
    await dataSource.destroy()
  }
}

async function play(stack: DemoStack, db: Db, say: (line: string) => void): Promise<DemoResult> {
  const { acme } = await seedDemo({ db, clock: systemClock })
  const owner = await signIn(stack.address, demoPeople[0].email)
  const admin = await signIn(stack.address, demoPeople[4].email)
  unwrap((await request(owner, ChooseUnknownPolicyDocument, { unknownPolicy: 'P1' })).updateAccount)
  await grant(admin, acme, FIRST_CREDITS, 'demo:first-credits')
  say(`Granted ${FIRST_CREDITS.toLocaleString('en')} credits.`)

  const imported = await importContacts(owner)
  say(
    `Imported ${imported.created.toLocaleString('en')} contacts of ${imported.rowsRead.toLocaleString('en')} rows.`,
  )
  const campaignId = await quoteAndStart(owner, say)

  let workersKilled = 0
  const paused = await follow(owner, campaignId, (progress) => {
    if (workersKilled === 0 && progress.accepted >= KILL_AT) {
      stack.workers[0]?.kill('SIGKILL')
      workersKilled = 1
      say(`Killed worker 1 with -9 after ${String(progress.accepted)} texts; worker 2 goes on.`)
    }
    return (
      progress.state === 'PAUSED' && progress.heldCredits === 0 && progress.inFlight + progress.unknown === 0
    )
  })
  const pauseReason = paused.pause?.reason.toLowerCase() ?? 'none'
  say(
    `Paused by itself: ${pauseReason}, ${String(paused.capturedCredits)} credits captured, ${String(paused.heldCredits)} held.`,
  )

  await buyAtCheckout(owner)
  say(
    `Bought ${SECOND_CREDITS.toLocaleString('en')} more at the checkout; it goes on with recipient ${String(paused.nextPlace)}.`,
  )
  await follow(
    owner,
    campaignId,
    (progress) => progress.accepted >= PAUSE_AT || progress.state === 'COMPLETED',
  )
  const pauseToLastSendMs = await pauseAndMeasure(stack, owner, campaignId)
  say(`Paused by hand: the last text left ${String(pauseToLastSendMs)} ms after the request.`)
  unwrap((await request(owner, ResumeCampaignDocument, { campaignId })).resumeCampaign)
  const finished = await follow(owner, campaignId, (progress) => progress.state === 'COMPLETED')
  say('Completed.')

  const record = await readCarrierRecord(stack.carrierUrl)
  const { creditBalance } = await request(owner, CreditBalanceDocument, {})
  const { campaign } = await request(owner, CampaignFailuresDocument, { id: campaignId })
  const audit = await runAudit(db)
  const reached = new Set(record.map(({ to }) => to)).size
  return {
    recipients: finished.audienceSize,
    sent: finished.accepted,
    reached,
    duplicates: record.length - reached,
    skipped: Object.fromEntries(
      finished.skippedBy.map(({ reason, recipients }) => [reason.toLowerCase(), recipients]),
    ),
    failed: Object.fromEntries((campaign?.failures ?? []).map(({ words, messages }) => [words, messages])),
    granted: FIRST_CREDITS + SECOND_CREDITS,
    boughtBy: 'checkout',
    captured: creditBalance.spent,
    held: creditBalance.held,
    available: creditBalance.available,
    pausedAt: paused.capturedCredits,
    pauseReason,
    nextPlaceAtPause: paused.nextPlace ?? null,
    workersKilled,
    auditBreaches: audit.breaches,
    messagesPerSecond: Math.round(sendRate(record)),
    pauseToLastSendMs,
  }
}

async function signIn(address: string, email: string): Promise<Endpoint> {
  const { signIn: answer } = await request({ address }, SignInDocument, { email, password: demoPassword })
  return { address, token: unwrap(answer).token }
}

async function grant(admin: Endpoint, accountId: AccountId, credits: number, key: string): Promise<void> {
  const variables = { accountId, credits, source: 'PURCHASE' as const, reason: 'Demo', idempotencyKey: key }
  unwrap((await request(admin, GrantCreditsDocument, variables)).grantCredits)
}

/** As a customer does: orders, pays at the page, and waits. The credits come by webhook. */
async function buyAtCheckout(owner: Endpoint): Promise<void> {
  const variables = { code: SECOND_CODE, idempotencyKey: 'demo:second-credits' }
  const order = unwrap((await request(owner, BuyCreditsDocument, variables)).buyCredits)
  const paid = await fetch(order.sessionUrl ?? '', {
    method: 'POST',
    body: new URLSearchParams({ card: GOOD_CARD }),
    redirect: 'manual',
  })
  if (paid.status !== 303) throw new Error(`the checkout answered ${String(paid.status)}`)
}

async function importContacts(owner: Endpoint) {
  const upload = await fetch(`${owner.address}/imports?fileName=${path.basename(contactsFile)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${owner.token ?? ''}`, 'content-type': 'text/csv' },
    body: Readable.toWeb(createReadStream(contactsFile)),
    duplex: 'half',
  })
  const { importId } = (await upload.json()) as { importId: string }
  const attestation = {
    level: 'WRITTEN' as const,
    purposes: ['MARKETING' as const],
    statement: 'Invented people of the demo, who agreed on an invented form.',
  }
  unwrap((await request(owner, StartImportDocument, { importId, options: { attestation } })).startImport)
  for (;;) {
    const { import: state } = await request(owner, ImportStateDocument, { id: importId })
    if (state?.state === 'COMPLETED') return state.counts
    if (state?.state === 'FAILED') throw new Error(`the import failed: ${state.failure ?? ''}`)
    await pause(100)
  }
}

async function quoteAndStart(owner: Endpoint, say: (line: string) => void): Promise<string> {
  const input = {
    name: 'Spring sale',
    template: 'Hi {{first_name|there}}, 20 % off all week.',
    autoResume: true,
  }
  const { id: campaignId } = unwrap((await request(owner, CreateCampaignDocument, { input })).createCampaign)
  const quote = unwrap((await request(owner, QuoteCampaignDocument, { campaignId })).quoteCampaign)
  say(
    `Quoted: ${quote.recipients.toLocaleString('en')} recipients, ${quote.segmentsMin}–${quote.segmentsMax} segments, ${quote.credits.toLocaleString('en')} credits.`,
  )
  const start = { campaignId, quoteId: quote.id, idempotencyKey: 'demo:start-campaign' }
  unwrap((await request(owner, StartCampaignDocument, start)).startCampaign)
  say('Started.')
  return campaignId
}

/** Watches the campaign live until it is where it should be. */
async function follow(
  owner: Endpoint,
  campaignId: string,
  isThere: (progress: Progress) => boolean,
): Promise<Progress> {
  const deadline = AbortSignal.timeout(FOLLOW_TIMEOUT_MS)
  let last: Progress | null = null
  for await (const { campaignProgress } of subscribe(owner, CampaignProgressDocument, { campaignId })) {
    if (!campaignProgress) throw new Error('the campaign is not there')
    last = campaignProgress
    if (isThere(campaignProgress)) return campaignProgress
    if (deadline.aborted) break
  }
  throw new Error(`the campaign did not get there in time: ${JSON.stringify(last)}`)
}

async function pauseAndMeasure(stack: DemoStack, owner: Endpoint, campaignId: string): Promise<number> {
  const askedAtMs = systemClock.now().toMillis()
  unwrap((await request(owner, PauseCampaignDocument, { campaignId })).pauseCampaign)
  await follow(owner, campaignId, (progress) => progress.inFlight + progress.unknown === 0)
  const record = await readCarrierRecord(stack.carrierUrl)
  const lastAtMs = record.reduce((latest, { acceptedAtMs }) => Math.max(latest, acceptedAtMs), 0)
  return Math.max(0, lastAtMs - askedAtMs)
}

/** The wanted member of a union result; a refusal ends the demo with its own words. */
function unwrap<Answer extends { __typename: string }>(
  answer: Answer,
): Exclude<Answer, { __typename: 'Refused' }> {
  if (answer.__typename === 'Refused' && 'message' in answer)
    throw new Error(`refused: ${String(answer.message)}`)
  return answer as Exclude<Answer, { __typename: 'Refused' }>
}
