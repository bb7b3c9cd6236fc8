import { readQuery } from '../../src/platform/db/transaction.js'
import type { Random } from '../../src/kernel/random.js'
import type { Stage } from '../stage/stage.js'
import { patiently, pause } from '../stage/waiting.js'
import { between } from '../plan/draw.js'
import { callApi, type Order, type Reply } from './call-api.js'
import { TAGS } from './cast.js'
import type { Journal } from './journal.js'
import type { People, StormAccount } from './open-accounts.js'
import { createCampaignOrder, grantOrder, quoteOrder, startOrder } from './orders.js'

/** Everything that those need who act in a storm. */
export interface World extends People {
  stage: Stage
  journal: Journal
  random: Random
  say: (line: string) => void
  /** Ctrl-C: nobody waits for anything any more. */
  interrupted: AbortSignal
  /** Unique within the run: `seed-kind-number`. */
  nextKey(kind: string): string
}

/** Longer than everything takes that may be away: a process that starts, a database that recovers. */
const REPEAT_MAX_MS = 120_000

/**
 * Sends an order until somebody says what became of it, as a client does that has heard nothing; `first` is asked first,
 * a process that may die of it. An order with a key is then sent once more: it must be answered the same.
 */
export async function carryOut(world: World, order: Order, first?: string): Promise<Reply> {
  const deadline = performance.now() + REPEAT_MAX_MS
  const isOpen = ({ kind }: Reply): boolean =>
    kind === 'silence' && performance.now() < deadline && !world.interrupted.aborted
  const early = first === undefined ? null : await callApi(first, order)
  let reply: Reply = early?.kind === 'done' ? early : { kind: 'silence' }
  while (isOpen(reply)) {
    reply = await callApi(world.stage.address, order)
    if (reply.kind === 'silence') await pause(300)
  }
  const hasKey = order.types['idempotencyKey'] !== undefined
  if (reply.kind === 'done' && hasKey && first !== undefined) {
    const again = await callApi(world.stage.address, order)
    if (again.kind === 'refused') world.journal.count('repeats refused')
  }
  world.journal.count(`${order.field} ${reply.kind}`)
  return reply
}

export async function grant(
  world: World,
  account: StormAccount,
  credits: number,
  first?: string,
): Promise<{ key: string; reply: Reply }> {
  const key = world.nextKey('grant')
  const { accountId } = account
  // Noted before it is asked: an order that is never answered may have taken effect all the same.
  world.journal.granted.set(accountId, (world.journal.granted.get(accountId) ?? 0) + credits)
  const reply = await carryOut(world, grantOrder({ ...world, accountId, key, credits }), first)
  if (reply.kind === 'done') world.journal.corrections.push({ accountId, key, credits })
  return { key, reply }
}

/** A draft with a quote, ready to be started. */
export async function draftCampaign(
  world: World,
  account: StormAccount,
  tags?: string[],
): Promise<{ campaignId: string; start: Order } | null> {
  const key = world.nextKey('campaign')
  const tag = between(world.random, 0, TAGS - 1)
  const chosen = tags ?? [`t${tag}`, `t${(tag + 1) % TAGS}`]
  const made = await carryOut(world, createCampaignOrder(account, key, key, chosen))
  if (made.kind !== 'done') return null
  const campaignId = String(made.data['id'])
  const quoted = await carryOut(world, quoteOrder(account, campaignId))
  if (quoted.kind !== 'done') return null
  return {
    campaignId,
    start: startOrder(account, `${key}-start`, campaignId, String(quoted.data['id'])),
  }
}

export async function startNewCampaign(
  world: World,
  account: StormAccount,
  tags?: string[],
): Promise<string | null> {
  const draft = await draftCampaign(world, account, tags)
  if (draft === null) return null
  const reply = await carryOut(world, draft.start)
  if (reply.kind !== 'done') return null
  world.journal.startedCampaigns.add(draft.campaignId)
  return draft.campaignId
}

export interface OpenCampaign {
  campaignId: string
  accountId: string
  state: 'running' | 'paused'
  pauseReason: string | null
}

export async function openCampaigns(world: World): Promise<OpenCampaign[]> {
  return patiently(() =>
    readQuery<OpenCampaign>(
      world.stage.db,
      `select campaign_id as "campaignId", account_id as "accountId", state, pause_reason as "pauseReason"
       from campaign_control where state in ('running', 'paused') order by campaign_id`,
    ),
  )
}
