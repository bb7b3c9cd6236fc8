import pg from 'pg'
import { moveDatabaseTime, prepareDatabase } from '../simulation/database/prepare-database.js'
import { virtualClock, type VirtualClock } from '../payments-storm/virtual-clock.js'
import { inboxHooks } from '../src/app/inbox-hooks.js'
import { newId, type AccountId } from '../src/kernel/ids.js'
import { seededRandom } from '../src/kernel/random.js'
import { startLocalCarrier, type LocalCarrier } from '../src/local/carrier/start-local-carrier.js'
import { startTemporaryPostgres } from '../src/local/postgres/temporary-postgres.js'
import { createDataSource, type Db } from '../src/platform/db/data-source.js'
import { inTransaction, readQuery } from '../src/platform/db/transaction.js'
import { contexts, type AppointmentDeps } from '../src/slices/appointments/index.js'
import { createCarrier, measureSegments, type Carrier } from '../src/slices/carrier/index.js'
import { grantCredits } from '../src/slices/credits/index.js'
import {
  createPostSlots,
  createSender,
  senderId,
  singleMessageLanes,
  type Sender,
} from '../src/slices/messages/index.js'
import { openCarrierLine, type CarrierLine } from './carrier-line.js'
import { openInboundDoor, type InboundDoor } from './inbound-door.js'

/** A database, a carrier behind real HTTP, a sender with the real SDK, and one time for all of them. */
export interface Stage {
  db: Db
  clock: VirtualClock
  deps: AppointmentDeps
  accountId: AccountId
  local: LocalCarrier
  line: CarrierLine
  door: InboundDoor
  sender: Sender
  moveTo(at: number): Promise<void>
  close(): Promise<void>
}

const ADDRESS = '+15005550006'
const CREDITS = 100_000
/** Groups are confirmed at once; an hour's hundred would spread that over half a day, which is another demo. */
const SINGLES_PER_HOUR = 2_000

export async function openStage(beginsAt: number, seed: number): Promise<Stage> {
  const server = await startTemporaryPostgres('appointments')
  const url = await prepareDatabase(server.url, 'appointments_demo')
  const timekeeper = new pg.Client({ connectionString: url })
  await timekeeper.connect()
  const clock = virtualClock(new Date(beginsAt).toISOString())
  await moveDatabaseTime(timekeeper, new Date(beginsAt))
  const dataSource = createDataSource({ url, poolSize: 5, applicationName: 'appointments-demo' })
  await dataSource.initialize()
  const db: Db = { dataSource }
  const local = await startLocalCarrier(
    { seed, keepBodies: true, behaviour: { callbacks: { enabled: false } } },
    clock,
  )
  const line = await openCarrierLine(local.url)
  const carrier = openCarrier(local, line, clock)
  const door = await openInboundDoor({ db, clock }, local, ADDRESS)
  const accountId = await openAccount(db)
  const sender = await openSender(db, clock, carrier)
  return {
    ...{ db, clock, accountId, local, line, door, sender },
    deps: { db, clock, contexts, measureSegments },
    moveTo: async (at) => {
      clock.advanceMs(at - clock.now().toMillis())
      await moveDatabaseTime(timekeeper, new Date(at))
    },
    close: async () => {
      await carrier.close()
      await line.cut()
      await door.close()
      await local.stop()
      await dataSource.destroy()
      await timekeeper.end()
      await server.stop()
    },
  }
}

function openCarrier(local: LocalCarrier, line: CarrierLine, clock: VirtualClock): Carrier {
  return createCarrier(
    {
      accountSid: local.accountSid,
      authToken: local.authToken,
      baseUrl: line.url,
      from: ADDRESS,
      statusCallbackBase: 'http://tollgate.test',
      requestTimeoutMs: 20_000,
      connections: 20,
      // It counts in real time, of which an hour of this demo has none.
      breaker: { failuresMax: 1_000_000, halfOpenAfterMs: 10 },
      fence: { kind: 'none', ttlMs: 60_000 },
    },
    { clock },
  )
}

async function openSender(db: Db, clock: VirtualClock, carrier: Carrier): Promise<Sender> {
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
  return createSender(
    {
      ...{ db, clock, carrier, random: seededRandom(1), log: quiet, slots: createPostSlots(20, clock) },
      optOutHooks: inboxHooks,
      backoff: { firstMs: 30_000, factor: 2, jitter: 0, minMs: 30_000, maxMs: 300_000 },
    },
    {
      ...{ worker: 'demo', sender: { id: await senderId(db, ADDRESS), address: ADDRESS }, batchSize: 100 },
      ...{ validityMs: 600_000, fenced: false, settleDelayMs: 1, pollMs: 50 },
      findLanes: () => singleMessageLanes(db, clock),
    },
  )
}

async function openAccount(db: Db): Promise<AccountId> {
  const accountId = newId<AccountId>()
  await readQuery(db, '/* demo.account */ insert into account (id, name) values ($1, $2)', [
    accountId,
    'A practice',
  ])
  await readQuery(
    db,
    `/* demo.account */ update account_control set subscription_state = 'active', singles_per_hour = $2 where account_id = $1`,
    [accountId, SINGLES_PER_HOUR],
  )
  const granted = await inTransaction(db, { name: 'demo.credits', accountId }, (tx) =>
    grantCredits(tx, { accountId, credits: CREDITS, source: 'purchase', origin: 'demo', actor: 'demo' }),
  )
  if (!granted.ok) throw new Error('the credits were refused')
  return accountId
}
