import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Evidence } from '../../chaos/oracle/read-facts.js'
import { makePlan } from '../../chaos/plan/plan.js'
import { judgeRun } from '../../chaos/run/judge-run.js'
import { isClean, type ChaosResult } from '../../chaos/run/result.js'
import { openTally } from '../../chaos/run/tally.js'
import { openJournal } from '../../chaos/world/journal.js'
import type { AccountId } from '../../src/kernel/ids.js'
import type { RecordLine } from '../../src/local/carrier/control.js'
import { runnableLanes } from '../../src/slices/campaigns/index.js'
import { grantCredits } from '../../src/slices/credits/index.js'
import { aCampaignWorld, aRunningCampaign, people, type CampaignWorld } from '../campaigns/campaign-world.js'
import { locked } from '../support/builders/credits.js'
import { aSendingAccount } from '../support/builders/messages.js'
import { startCarrierRig } from '../support/carrier-rig.js'
import { createTestDatabase } from '../support/database.js'
import { onServer } from '../support/server-connection.js'

// The judgement on a real database and a real carrier's record of texts that were really sent, and then on copies in which
// one thing is wrong. An oracle that finds nothing is worth as much as its proof that it would have found it.

const RECIPIENTS = 6
const CREDITS = 10
/** What the program writes for a grant that an administrator gives under a key. */
const GRANT_KEY = 's1-grant-1'

let world: CampaignWorld
let accountId: AccountId
let record: RecordLine[]

beforeAll(async () => {
  world = await aCampaignWorld()
  accountId = await aSendingAccount(world.db, 0)
  const grant = { accountId, credits: CREDITS, source: 'adjustment', origin: `adjust:${GRANT_KEY}` } as const
  await locked(world.db, accountId, (tx) =>
    grantCredits(tx, { ...grant, actor: 'admin:root', reason: 'storm' }),
  )
  await people(
    world,
    accountId,
    Array.from({ length: RECIPIENTS }, () => ({})),
  )
  await aRunningCampaign(world, accountId, { template: 'Hello {{first_name|there}}' })
  const rig = await startCarrierRig(world.db, { clock: world.clock })
  try {
    const lanes = await runnableLanes(world.deps)
    await rig.worker('one', () => lanes, RECIPIENTS).runOnce()
    await rig.settleReports()
    record = [...rig.local.control.record()]
  } finally {
    await rig.stop()
  }
  await world.db.dataSource.destroy()
}, 60_000)
afterAll(() => world.drop())

interface Planted {
  /** Past every trigger and constraint. */
  sql?: () => string
  record?: (lines: RecordLine[]) => RecordLine[]
  evidence?: Partial<Evidence>
}

/** What the storm would say of this run, on a copy of its own. */
async function judged(planted: Planted = {}): Promise<{ result: ChaosResult; said: string[] }> {
  const copy = await createTestDatabase({ template: world.name, poolSize: 2 })
  try {
    if (planted.sql !== undefined)
      await onServer(copy.url, `set session_replication_role = replica; ${planted.sql()}`)
    const journal = { ...openJournal(), granted: new Map([[accountId, CREDITS]]) }
    journal.corrections.push({ accountId, key: GRANT_KEY, credits: CREDITS })
    const said: string[] = []
    const result = await judgeRun(
      {
        ...{ db: copy.db, journal, accounts: [{ accountId }] },
        carrierRecord: planted.record?.([...record]) ?? record,
      },
      {
        plan: makePlan({ seed: 1, minutes: 1, only: [] }),
        tally: openTally([]),
        settled: {
          isQuiet: true,
          seconds: 0,
          open: { running: 0, inFlight: 0, waiting: 0, unapplied: 0, fundedAndPaused: 0 },
        },
      },
      (line) => said.push(line),
    )
    return { result, said }
  } finally {
    await copy.drop()
  }
}

const harms = [
  ...['duplicates', 'lost', 'beyondCredits', 'unbilled', 'unresolvedUnknown', 'heldCredits', 'appliedTwice'],
  'authorisedAfterForbidden',
] as const

/** The figures that say that something is wrong, without the audit's, which looks at the same in its own way. */
function figures(result: ChaosResult): Record<string, number> {
  const all = result as unknown as Record<string, number>
  return Object.fromEntries(
    harms.map((name) => [name, all[name]!] as const).filter(([, figure]) => figure !== 0),
  )
}

test('a run in which every text was sent once and paid is clean', async () => {
  const { result, said } = await judged()

  expect(said).toEqual([])
  expect(result).toMatchObject({ messages: RECIPIENTS, reached: RECIPIENTS, auditBreaches: 0 })
  expect(figures(result)).toEqual({})
  expect(isClean(result)).toBe(true)
})

/** The attempt and the message behind the first line of the carrier's record. */
const attempt = (): string => `'${record[0]!.attempt!}'`
const message = (): string => `(select message_id from attempt where id = ${attempt()})`

const planted: readonly (readonly [string, Record<string, number>, Planted])[] = [
  [
    'the carrier has a second text of one call',
    { duplicates: 1 },
    { record: (lines) => [...lines, { ...lines[0]!, sid: 'SMcopy' }] },
  ],
  [
    'the carrier has the same words to the same number once more, and nobody here knows of it',
    { duplicates: 1, unbilled: 1 },
    { record: (lines) => [...lines, { ...lines[0]!, sid: 'SMcopy', attempt: null }] },
  ],
  [
    'two copies of one text and one of another',
    { duplicates: 3 },
    {
      record: (lines) => [
        ...lines,
        { ...lines[0]!, sid: 'SMa' },
        { ...lines[0]!, sid: 'SMb' },
        { ...lines[1]!, sid: 'SMc' },
      ],
    },
  ],
  [
    'a text that the carrier took was never captured',
    { unbilled: 1 },
    {
      sql: () => `delete from credit_transfer where kind = 'capture' and ref_seq in (
        select seq from credit_transfer where kind = 'hold' and attempt_id = ${attempt()})`,
    },
  ],
  [
    'a text of an attempt that the database has forgotten',
    { unbilled: 1 },
    { sql: () => `delete from attempt where id = ${attempt()}` },
  ],
  [
    'what was captured as accepted never reached the carrier',
    { lost: 1 },
    { record: ([, ...lines]) => lines },
  ],
  [
    'a message fell back to waiting, and nobody sends it',
    { lost: 1 },
    {
      sql: () => `update attempt set state = 'not_sent', sid = null where id = ${attempt()};
        update message set state = 'pending', attempt_id = null where id = ${message()}`,
      record: ([, ...lines]) => lines,
    },
  ],
  [
    'a recipient never got a message',
    { lost: 1 },
    {
      sql: () =>
        `insert into recipient select (jsonb_populate_record(r, '{"ordinal": 900}')).* from recipient r limit 1`,
    },
  ],
  [
    'more was sent than was ever granted',
    { beyondCredits: 15 - CREDITS },
    { sql: () => `update message set cost = 10 where id = ${message()}` },
  ],
  [
    'an outcome stays unknown',
    { unresolvedUnknown: 1 },
    {
      sql: () => `update attempt set state = 'unknown', sid = null, evidence = null, resolved_at = null where id = ${attempt()};
        update message set state = 'unknown' where id = ${message()}`,
    },
  ],
  [
    'a call is under way for ever',
    { unresolvedUnknown: 1 },
    { sql: () => `update message set state = 'dispatching' where id = ${message()}` },
  ],
  ['credits stay held', { heldCredits: 2 }, { sql: () => 'update credit_balance set held = 2' }],
  [
    'a grant was booked twice',
    { appliedTwice: 1 },
    { sql: () => `update credit_transfer set amount = 2 * amount where op_key like '%${GRANT_KEY}'` },
  ],
  [
    'a grant that was answered is not there',
    { appliedTwice: 1 },
    { sql: () => `update credit_transfer set op_key = 'grant:another' where op_key like '%${GRANT_KEY}'` },
  ],
  [
    'a claim passed after the stop',
    { authorisedAfterForbidden: RECIPIENTS },
    {
      sql: () => `insert into control_event (kind, state, at) select 'platform', 'may_not_send', claimed_at from claim;
        update claim set ord = nextval('history_ord')`,
    },
  ],
]

test.each(planted)(
  '%s: it is counted as what it is, and the run is not clean',
  async (_what, expected, change) => {
    const { result, said } = await judged(change)

    expect(figures(result)).toEqual(expected)
    expect(isClean(result)).toBe(false)
    // Whoever reads it is told which text it was.
    if (result.authorisedAfterForbidden === 0) expect(said.join('\n')).not.toBe('')
  },
)

test('what breaks an invariant and no figure makes the run unclean all the same', async () => {
  const { result, said } = await judged({ sql: () => 'update message_tally set accepted = accepted + 1' })

  expect(figures(result)).toEqual({})
  expect(result.auditBreaches).toBe(1)
  expect(said).toEqual([expect.stringMatching(/^BROKEN I23 /)])
  expect(isClean(result)).toBe(false)
})

test('a run that never came to rest is not clean, whatever it did', async () => {
  const { result } = await judged()

  expect(isClean({ ...result, unsettled: 1 })).toBe(false)
})
