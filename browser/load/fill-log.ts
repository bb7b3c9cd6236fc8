import { systemClock } from '../../src/kernel/clock.js'
import { systemRandom } from '../../src/kernel/random.js'
import { localAccount } from '../../src/local/carrier/options.js'
import { say } from '../../src/local/print.js'
import type { Db } from '../../src/platform/db/data-source.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { prepareAudiences, runnableLanes, type CampaignDeps } from '../../src/slices/campaigns/index.js'
import { explainFailure, measureSegments } from '../../src/slices/carrier/index.js'
import { claimMessages, senderId, settleAttempts, type Lane } from '../../src/slices/messages/index.js'

const BATCH = 1_000
const DELIVERED_AT_ONCE = 25_000
const LIVES_SECONDS = 60
const SAY_EVERY_MS = 10_000

/**
 * Sends the running campaigns as a worker does, with everything but the calls: the gate claims, the outcomes are settled,
 * holds are captured, events are written. So the log is as the program leaves it, in a tenth of the time.
 */
export async function sendWithoutCalls(db: Db): Promise<void> {
  const deps: CampaignDeps = {
    db,
    clock: systemClock,
    measureSegments,
    explainFailure,
    sendRatePerSecond: 10,
  }
  while ((await prepareAudiences(deps)).more);
  for (const lane of await runnableLanes(deps)) await sendLane(deps, lane)
  await deliver(db)
}

async function sendLane({ db, clock }: CampaignDeps, lane: Lane): Promise<void> {
  const address = localAccount.from
  const sender = { id: await senderId(db, address), address }
  let sent = 0
  let sayAt = performance.now() + SAY_EVERY_MS
  for (;;) {
    const { claimed } = await claimMessages(
      { db, clock },
      {
        lane,
        sender,
        worker: 'load',
        limit: BATCH,
        notAfter: clock.now().plus({ seconds: LIVES_SECONDS }).toJSDate(),
        deadByMs: clock.monotonicMs() + LIVES_SECONDS * 1_000,
        fenced: true,
      },
    )
    if (claimed.length === 0) return
    const reports = claimed.map(({ attemptId }) => ({
      attemptId,
      outcome: { kind: 'accepted' as const, sid: `SM${attemptId.replaceAll('-', '')}` },
    }))
    await settleAttempts({ db, clock, random: systemRandom }, lane.accountId, reports, 'worker')
    sent += claimed.length
    if (performance.now() < sayAt) continue
    say(`  ${String(sent)} sent`)
    sayAt += SAY_EVERY_MS
  }
}

/** Everybody has got theirs, so that nothing of it is asked about any more. */
async function deliver(db: Db): Promise<void> {
  for (;;) {
    const rows = await readQuery(
      db,
      `insert into delivery (attempt_id, message_id, account_id, campaign_id, status, updated_at)
       select a.id, m.id, m.account_id, m.campaign_id, 'delivered', now()
       from attempt a join message m on m.id = a.message_id left join delivery d on d.attempt_id = a.id
       where m.state = 'accepted' and d.attempt_id is null limit $1 returning attempt_id`,
      [DELIVERED_AT_ONCE],
    )
    if (rows.length === 0) return
  }
}
