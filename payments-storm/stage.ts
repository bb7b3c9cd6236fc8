import { newId, type AccountId } from '../src/kernel/ids.js'
import { seededRandom, type Random } from '../src/kernel/random.js'
import { startLocalPayments, type LocalPayments } from '../src/local/payments/start-local-payments.js'
import type { Db } from '../src/platform/db/data-source.js'
import { readQuery } from '../src/platform/db/transaction.js'
import { createProvider, stripeWebhook, type BillingDeps } from '../src/slices/billing/index.js'
import { senderId, type Lane } from '../src/slices/messages/index.js'
import { createInbox } from '../src/slices/webhooks/index.js'
import { PostOffice, type WebhookDoor } from './post-office.js'
import { virtualClock, type VirtualClock } from './virtual-clock.js'

/** One account, its provider and its post, at their own time. */
export interface Stage {
  db: Db
  deps: BillingDeps
  clock: VirtualClock
  random: Random
  accountId: AccountId
  lane: Lane
  sender: { id: number; address: string }
  payments: LocalPayments
  post: PostOffice
  door: WebhookDoor
  /** What was ordered, by order id: the oracle's own note. */
  ordered: Map<string, string>
  /** Attempts whose end is not known yet. */
  inFlight: string[]
  /** Payments whose fraud warning an administrator has cleared. */
  cleared: Set<string>
  /** Purchases begun, so that one can be begun again under its key. */
  keys: string[]
  counts: { topUps: number; claimed: number; claimedWhileForbidden: number; missedEvents: number }
  close(): Promise<void>
}

const START = '2026-03-02T15:00:00Z'

export async function openStage(
  db: Db,
  seed: number,
  number: number,
  options: { faultless?: boolean } = {},
): Promise<Stage> {
  const random = seededRandom(seed)
  const clock = virtualClock(START)
  const payments = await startLocalPayments(
    {
      seed: seed ^ 0x5eed,
      idPrefix: `h${String(number)}x`,
      behaviour: {
        runsByItself: false,
        dunningEnd: random.next() < 0.5 ? 'canceled' : 'unpaid',
        faults: options.faultless === true ? {} : drawFaults(random),
      },
    },
    clock,
  )
  const quiet = { info: () => undefined, warn: () => undefined }
  const deps: BillingDeps = {
    db,
    clock,
    log: quiet,
    publicBaseUrl: 'http://tollgate.test',
    provider: createProvider({
      secretKey: payments.secretKey,
      webhookSecrets: [payments.webhookSecret],
      apiBaseUrl: payments.url,
      timeoutMs: 10_000,
      retriesMax: 0,
      publicBaseUrl: 'http://tollgate.test',
    }),
  }
  const accountId = await openAccount(db)
  const post = new PostOffice(random, clock, payments.webhookSecret, {
    lost: options.faultless !== true && random.next() < 0.5 ? 0.15 : 0,
    lateHoursMax: random.next() < 0.5 ? 6 : 48,
  })
  payments.state.onEvent = (event) => {
    post.post(event)
  }
  const inbox = createInbox(db)
  const address = '+15005550006'
  return {
    db,
    deps,
    clock,
    random,
    accountId,
    payments,
    post,
    lane: laneOf(accountId),
    sender: { id: await senderId(db, address), address },
    door: stripeWebhook({
      inbox,
      clock,
      log: quiet,
      webhookSecrets: ['whsec_the_one_before', payments.webhookSecret],
      livemode: false,
    }),
    ordered: new Map(),
    inFlight: [],
    cleared: new Set(),
    keys: [],
    counts: { topUps: 0, claimed: 0, claimedWhileForbidden: 0, missedEvents: 0 },
    close: () => payments.stop(),
  }
}

/** Half of the histories have a provider that fails now and then; the SDK waits after a lost answer, so rarely. */
function drawFaults(random: Random) {
  const some = (share: number): number => (random.next() < 0.3 ? share : 0)
  return { errorBefore: some(0.1), errorAfter: some(0.1), readError: some(0.05), dropAfter: some(0.02) }
}

async function openAccount(db: Db): Promise<AccountId> {
  const accountId = newId<AccountId>()
  await readQuery(db, '/* storm.account */ insert into account (id, name) values ($1, $2)', [
    accountId,
    'Storm',
  ])
  await readQuery(
    db,
    `/* storm.active */ update account_control set subscription_state = 'active', quiet_hours_waiver = 'a rehearsal' where account_id = $1`,
    [accountId],
  )
  // Each history begins at the same time; the cursor of the one before is ahead of it.
  await readQuery(db, '/* storm.cursor */ delete from stripe_cursor')
  return accountId
}

function laneOf(accountId: AccountId): Lane {
  return {
    accountId,
    campaignId: null,
    gate: () => Promise.resolve({ mayRun: true, capCreditsLeft: null }),
    onBlocked: () => Promise.resolve(),
    onSettled: () => Promise.resolve(),
  }
}
