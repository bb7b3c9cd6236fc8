import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { systemClock } from '../../src/kernel/clock.js'
import type { AccountId, CampaignId } from '../../src/kernel/ids.js'
import { choosePort } from '../../src/local/choose-port.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { messageTally } from '../../src/slices/messages/index.js'
import { aDraft, prepareAll, quoted, aUser, people } from '../campaigns/campaign-world.js'
import { startCampaign } from '../../src/slices/campaigns/index.js'
import { aLot, bucketsOf } from '../support/builders/credits.js'
import { compileProgram } from '../support/command.js'
import { eventually } from '../support/eventually.js'
import { anInstallation, campaignNow, completed, type Installation } from '../support/installation.js'
import { makeAccount } from '../support/people.js'
import { openSocket, type TestSocket, type TestSubscription } from '../support/ws-client.js'

const RECIPIENTS = 1_200
const CREDITS = 1_500
const RECONNECTS = 10
/** Few, so that all ten reconnections happen while the campaign runs. */
const EVENTS_PER_VISIT = 4

const eventsQuery = `subscription ($afterSeq: EventSeq!) { messageEvents(afterSeq: $afterSeq) { seq kind count messages } }`
const progressQuery = `subscription ($campaignId: ID!) { campaignProgress(campaignId: $campaignId) {
  state audienceSize skipped pending inFlight unknown accepted unproven failed suppressed cancelled expired
  delivered heldCredits capturedCredits seq } }`
const balanceQuery = 'subscription { creditBalance { available held spent expired debt seq } }'

interface SeenEvent {
  seq: number
  kind: string
  count: number
  messages: string[]
}

interface Snapshot extends Record<Count, number> {
  state: string
  audienceSize: number
  delivered: number
  heldCredits: number
  capturedCredits: number
  seq: number
}

const counts = [
  ...(['skipped', 'pending', 'inFlight', 'unknown', 'accepted', 'unproven', 'failed'] as const),
  ...(['suppressed', 'cancelled', 'expired'] as const),
] as const
type Count = (typeof counts)[number]

interface Balance {
  available: number
  held: number
  spent: number
  expired: number
  debt: number
  seq: number
}

let world: Installation
let accountId: AccountId
let campaignId: CampaignId
let token: string
/** Two API processes on the same database. The carrier reports to the first. */
let apis: [string, string]
/** What the reconnecting subscriber saw, and how the campaign stood at each reconnection. */
let seen: SeenEvent[]
let statesAtReconnect: string[]
/** One stream from each API process. */
let snapshots: Snapshot[][]
let balances: Balance[][]

beforeAll(async () => {
  compileProgram()
  world = await anInstallation({
    behaviour: { latencyMs: { min: 20, max: 60 } },
    env: { SEND_CONCURRENCY: '10', SEND_BATCH_SIZE: '20' },
  })
  const port = await choosePort(undefined)
  const PUBLIC_BASE_URL = `http://127.0.0.1:${String(port)}`
  const [first, second] = await Promise.all([
    world.startApi({ PORT: String(port), PUBLIC_BASE_URL }),
    world.startApi({ PUBLIC_BASE_URL }),
    world.startWorker({ PUBLIC_BASE_URL }),
  ])
  apis = [first.url, second.url]
  const account = await makeAccount({ db: world.db, clock: systemClock })
  accountId = account.accountId
  token = account.owner.token
  await aLot(world.db, accountId, CREDITS)
  await people(
    world,
    accountId,
    Array.from({ length: RECIPIENTS }, () => ({})),
  )
  campaignId = await aDraft(world, accountId)
  const quote = await quoted(world, accountId, campaignId)

  const sockets = await Promise.all(apis.map((url) => connected(url)))
  const progress = sockets.map((socket) => socket.run(progressQuery, { campaignId }))
  const balance = sockets.map((socket) => socket.run(balanceQuery))
  // Everybody looks before anything happens.
  await Promise.all([...progress, ...balance].map((stream) => stream.next()))
  const reading = readWithReconnects()
  const started = await startCampaign(world.deps, aUser(accountId), { campaignId, quoteId: quote.id })
  if (!started.ok) throw new Error(started.reason)
  await prepareAll(world)
  await completed(world, campaignId, 180_000)
  await eventually(async () => (await messageTally(world.db, campaignId)).delivered === RECIPIENTS, {
    timeoutMs: 60_000,
    what: 'the reports of all deliveries',
  })

  const { visited, last } = await reading
  const lastSeq = (await seqsOfTopic()).at(-1)
  await eventually(() => eventsIn(last).at(-1)?.seq === lastSeq, { what: 'the last event of the topic' })
  seen = [...visited, ...eventsIn(last)]
  await eventually(() => progress.every((stream) => snapshotsIn(stream).at(-1)?.delivered === RECIPIENTS))
  await eventually(() => balance.every((stream) => balancesIn(stream).at(-1)?.spent === RECIPIENTS))
  snapshots = progress.map(snapshotsIn)
  balances = balance.map(balancesIn)
  for (const socket of sockets) socket.close()
}, 420_000)

afterAll(() => world.stop(), 60_000)

async function connected(url: string): Promise<TestSocket> {
  const socket = await openSocket(url, token)
  if (!socket.isAcknowledged) throw new Error('the socket was refused')
  return socket
}

/** Reads a few events, loses the connection, goes on at the other process; the eleventh connection stays. */
async function readWithReconnects(): Promise<{ visited: SeenEvent[]; last: TestSubscription }> {
  const visited: SeenEvent[] = []
  statesAtReconnect = []
  for (let visit = 0; ; visit += 1) {
    const socket = await connected(apis[visit % 2]!)
    if (visit > 0) statesAtReconnect.push((await campaignNow(world, campaignId)).state)
    const stream = socket.run(eventsQuery, { afterSeq: visited.at(-1)?.seq ?? 0 })
    if (visit === RECONNECTS) return { visited, last: stream }
    for (let n = 0; n < EVENTS_PER_VISIT; n += 1)
      visited.push((await stream.next()).data!['messageEvents'] as SeenEvent)
    // In turn: a client that says goodbye, and one whose network is gone.
    if (visit % 4 < 2) socket.close()
    else socket.raw.terminate()
  }
}

function resultsIn(stream: TestSubscription, field: string): unknown[] {
  return stream.received.map(({ data, errors }) => {
    if (errors !== undefined) throw new Error(`a live result has errors: ${JSON.stringify(errors)}`)
    return data?.[field]
  })
}
const eventsIn = (stream: TestSubscription): SeenEvent[] => resultsIn(stream, 'messageEvents') as SeenEvent[]
const snapshotsIn = (stream: TestSubscription): Snapshot[] =>
  resultsIn(stream, 'campaignProgress') as Snapshot[]
const balancesIn = (stream: TestSubscription): Balance[] => resultsIn(stream, 'creditBalance') as Balance[]

async function seqsOfTopic(): Promise<number[]> {
  const rows = await readQuery<{ seq: string }>(
    world.db,
    `/* test.seqsOfTopic */ select seq from account_event where account_id = $1 and topic = 'messages' order by seq`,
    [accountId],
  )
  return rows.map((row) => Number(row.seq))
}

test('a subscriber that reconnects ten times during a campaign sees every sequence number of its topic once, in order', async () => {
  expect(statesAtReconnect).toEqual(Array.from({ length: RECONNECTS }, () => 'running'))
  expect(seen.map((event) => event.seq)).toEqual(await seqsOfTopic())
})

test('and every message with every step of it, once', () => {
  const idsOf = (kind: string): string[] =>
    seen.filter((event) => event.kind === kind).flatMap((event) => event.messages)
  for (const kind of ['dispatching', 'accepted', 'delivered']) {
    expect(idsOf(kind)).toHaveLength(RECIPIENTS)
    expect(new Set(idsOf(kind)).size).toBe(RECIPIENTS)
  }
  expect(seen.every((event) => event.count === event.messages.length)).toBe(true)
})

test('the counts of every snapshot add up to the audience, in both processes, and end as the database says', async () => {
  const tally = await messageTally(world.db, campaignId)
  for (const stream of snapshots) {
    expect(stream[0]).toMatchObject({ state: 'DRAFT', audienceSize: 0 })
    expect(stream.length).toBeGreaterThan(3)
    for (const snapshot of stream) {
      expect(counts.reduce((sum, count) => sum + snapshot[count], 0)).toBe(snapshot.audienceSize)
      expect(snapshot.heldCredits).toBe(snapshot.inFlight + snapshot.unknown)
      expect(snapshot.capturedCredits).toBe(snapshot.accepted)
      expect([0, RECIPIENTS]).toContain(snapshot.audienceSize)
    }
    expect(isAscending(stream.map((snapshot) => snapshot.seq))).toBe(true)
    expect(stream.at(-1)).toMatchObject({
      state: 'COMPLETED',
      accepted: tally.accepted,
      delivered: tally.delivered,
      capturedCredits: tally.capturedCredits,
    })
  }
})

test('every balance adds up to what was granted, in both processes, and the last one is the ledger', async () => {
  const ledger = await bucketsOf(world.db, accountId)
  expect(ledger).toEqual({ available: CREDITS - RECIPIENTS, held: 0, spent: RECIPIENTS, expired: 0, debt: 0 })
  for (const stream of balances) {
    expect(stream.length).toBeGreaterThan(3)
    for (const { available, held, spent } of stream) expect(available + held + spent).toBe(CREDITS)
    expect(isAscending(stream.map((balance) => balance.seq))).toBe(true)
    expect(stream.at(-1)).toMatchObject(ledger)
  }
})

const isAscending = (numbers: readonly number[]): boolean =>
  numbers.every((number, place) => place === 0 || number >= numbers[place - 1]!)
