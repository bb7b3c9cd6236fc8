import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { transitionRows } from '../../src/kernel/transitions.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { campaignStates, campaignTransitions } from '../../src/slices/campaigns/domain/campaign-state.js'
import { pauseReasons } from '../../src/slices/campaigns/domain/pause-reason.js'
import { anAccount } from '../support/builders/credits.js'
import {
  aCampaignWorld,
  aDraft,
  anAudience,
  aRunningCampaign,
  quoted,
  type CampaignWorld,
} from './campaign-world.js'

let world: CampaignWorld

beforeAll(async () => {
  world = await aCampaignWorld()
})
afterAll(() => world.drop())

const sql = (text: string, parameters: unknown[] = []): Promise<unknown[]> =>
  readQuery(world.db, text, parameters)

test('the database has the same transitions as the program', async () => {
  const rows = await sql('/* test */ select from_state as "from", to_state as "to" from campaign_transition')

  const sorted = (all: unknown[]): string[] => all.map((row) => JSON.stringify(row)).sort()
  expect(sorted(rows)).toEqual(sorted(transitionRows(campaignTransitions)))
})

test('the database knows exactly the states and pause reasons of the program', async () => {
  const checks = (await sql(
    `/* test */ select pg_get_constraintdef(oid) as def from pg_constraint where conrelid = 'campaign_control'::regclass and contype = 'c'`,
  )) as { def: string }[]
  const listed = (column: string): string[] => {
    const lists = checks
      .filter((check) => check.def.includes(`(${column} = ANY (ARRAY[`))
      .map((check) => [...check.def.matchAll(/'([a-z_]+)'::text/g)].map((match) => match[1]!).sort())
    // Other checks name some of the states; the one that lists all of them is the longest.
    return lists.sort((left, right) => right.length - left.length)[0]!
  }

  expect(listed('state')).toEqual([...campaignStates].sort())
  expect(listed('pause_reason')).toEqual([...pauseReasons].sort())
})

test.each(campaignStates.flatMap((from) => campaignStates.map((to) => [from, to] as const)))(
  'the database lets a campaign go from %s to %s exactly when the table says so',
  async (from, to) => {
    const accountId = await anAccount(world.db)
    const campaignId = await aDraft(world, accountId)
    await sql('/* test */ alter table campaign_control disable trigger campaign_moves')
    const shape = `state = $2, pause_reason = case when $2 = 'paused' then 'by_user' end, changed_at = clock_timestamp(),
      quote_id = gen_random_uuid(), started_at = clock_timestamp(),
      finished_at = case when $2 in ('completed', 'cancelled') then clock_timestamp() end`
    await sql(`/* test */ update campaign_control set ${shape} where campaign_id = $1`, [campaignId, from])
    await sql('/* test */ alter table campaign_control enable trigger campaign_moves')

    const move = sql(`/* test */ update campaign_control set ${shape} where campaign_id = $1`, [
      campaignId,
      to,
    ])

    if (from === to || campaignTransitions[from].includes(to)) await move
    else await expect(move).rejects.toThrow('illegal campaign transition')
  },
)

test('no program can change what recipients get once a campaign has started', async () => {
  const { accountId } = await anAudience(world, 10, 1)
  const { campaignId } = await aRunningCampaign(world, accountId)

  for (const change of [
    `template = 'Other'`,
    `audience = '{"tags": ["x"]}'`,
    `opt_out_footer = 'STOP!'`,
    'cap_credits = 7',
  ]) {
    await expect(sql(`/* test */ update campaign set ${change} where id = $1`, [campaignId])).rejects.toThrow(
      'only a draft',
    )
  }
  await sql('/* test */ update campaign set auto_resume = true where id = $1', [campaignId])
})

test('no program can store marketing without STOP in its footer', async () => {
  const accountId = await anAccount(world.db)
  const campaignId = await aDraft(world, accountId)

  for (const footer of ['null', `'Nonstop fun'`]) {
    await expect(
      sql(`/* test */ update campaign set opt_out_footer = ${footer} where id = $1`, [campaignId]),
    ).rejects.toThrow('check constraint')
  }
})

test('a quote is history', async () => {
  const { accountId } = await anAudience(world, 10, 1)
  const campaignId = await aDraft(world, accountId)
  const quote = await quoted(world, accountId, campaignId)

  await expect(
    sql('/* test */ update campaign_quote set credits = 0 where id = $1', [quote.id]),
  ).rejects.toThrow('append-only')
  await expect(sql('/* test */ delete from campaign_quote where id = $1', [quote.id])).rejects.toThrow(
    'append-only',
  )
})
