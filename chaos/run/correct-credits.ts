import type { Random } from '../../src/kernel/random.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { between } from '../plan/draw.js'
import { patiently } from '../stage/waiting.js'
import type { StormAccount } from '../world/open-accounts.js'
import { adjustOrder, refundOrder, rollBackOrder } from '../world/orders.js'
import { carryOut, grant, type World } from '../world/users.js'

export const accountNamed = (world: World, name: string): StormAccount => {
  const found = world.accounts.find((account) => account.name === name)
  if (found === undefined) throw new Error(`no account ${name}`)
  return found
}
export const correctedAccount = (world: World): StormAccount => accountNamed(world, 'corrected')

/** A small lot, and a part of it taken back at once: what is spent of it meanwhile becomes a debt. */
export async function rollBackOne(world: World, random: Random, first?: string): Promise<void> {
  const account = correctedAccount(world)
  const { accountId } = account
  const given = await grant(world, account, 30)
  if (given.reply.kind !== 'done') return
  const [lot] = await patiently(() =>
    readQuery<{ lot_no: number }>(
      world.stage.db,
      'select lot_no from credit_lot where account_id = $1 and origin = $2',
      [accountId, `administrator:${given.key}`],
    ),
  )
  if (lot === undefined) return
  const key = world.nextKey('roll-back')
  const credits = between(random, 1, 30)
  const order = rollBackOrder({ ...world, accountId, key, credits, lotNo: lot.lot_no })
  const reply = await carryOut(world, order, first)
  if (reply.kind === 'done') world.journal.corrections.push({ accountId, key, credits })
}

export async function adjust(
  world: World,
  { accountId }: StormAccount,
  credits: number,
  first?: string,
): Promise<void> {
  const key = world.nextKey('adjust')
  if (credits > 0) world.journal.granted.set(accountId, (world.journal.granted.get(accountId) ?? 0) + credits)
  const reply = await carryOut(world, adjustOrder({ ...world, accountId, key, credits }), first)
  if (reply.kind === 'done') world.journal.corrections.push({ accountId, key, credits: Math.abs(credits) })
}

/** Of a message that was charged and not refunded yet. False when there is none. */
export async function refundOne(world: World, first?: string): Promise<boolean> {
  const { accountId } = correctedAccount(world)
  const [message] = await patiently(() =>
    readQuery<{ id: string }>(
      world.stage.db,
      `select m.id from message m join credit_transfer h on h.account_id = m.account_id and h.attempt_id = m.attempt_id
       join credit_transfer c on c.account_id = h.account_id and c.ref_seq = h.seq and c.kind = 'capture'
       where m.account_id = $1 and m.state = 'accepted' and not exists (
         select from credit_transfer r where r.account_id = c.account_id and r.ref_seq = c.seq and r.kind = 'refund')
       limit 1`,
      [accountId],
    ),
  )
  if (message === undefined) return false
  const key = world.nextKey('refund')
  await carryOut(world, refundOrder({ ...world, accountId, key, messageId: message.id }), first)
  return true
}
