import { readQuery } from '../src/platform/db/transaction.js'
import type { JudgedText } from './judge.js'
import { clockIn } from './reference-clock.js'
import type { Scenario } from './scenario.js'
import type { Stage } from './stage.js'

export interface Sums {
  granted: number
  available: number
  held: number
  spent: number
  /** Segments by the carrier's record: one credit each. */
  segments: number
}

export async function readSums({ db, accountId, local }: Stage): Promise<Sums> {
  const [row] = await readQuery<Record<'available' | 'held' | 'spent', string>>(
    db,
    '/* demo.balance */ select available, held, spent from credit_balance where account_id = $1',
    [accountId],
  )
  const [available, held, spent] = [Number(row?.available), Number(row?.held), Number(row?.spent)]
  const segments = local.control.record().reduce((sum, line) => sum + line.segments, 0)
  return { granted: available + held + spent, available, held, spent, segments }
}

interface PlanRow {
  phone: string
  context: string
  nominal: Date
  due: Date
  state: string
  reason: string | null
}

/** What quiet hours moved, and what was not sent and why, as the program has it. */
export async function readPlan({ db, accountId }: Stage): Promise<PlanRow[]> {
  return readQuery<PlanRow>(
    db,
    `/* demo.plan */
     select c.phone, n.context, n.nominal_at as nominal, n.due_at as due, n.state,
       coalesce(n.reason, case when m.state <> 'accepted' then m.state_reason end) as reason
     from notification n join appointment_party p on p.id = n.party_id join contact c on c.id = p.contact_id
     left join message m on m.id = n.message_id where n.account_id = $1 order by n.due_at, n.context, c.phone`,
    [accountId],
  )
}

export function masked(phone: string): string {
  return `${phone.slice(0, 5)}…${phone.slice(-4)}`
}

function localTime(zone: string, at: number): string {
  const { date, minute } = clockIn(zone, at)
  const two = (number: number): string => String(number).padStart(2, '0')
  return `${date} ${two(Math.floor(minute / 60))}:${two(minute % 60)} ${zone}`
}

export function printStory(
  scenario: Scenario,
  texts: readonly JudgedText[],
  plan: readonly PlanRow[],
  say: (line: string) => void,
): void {
  const zoneOf = (phone: string): string => scenario.people.get(phone)?.zone ?? 'UTC'
  say('Sent, by the carrier’s record:')
  for (const { at, to, when, kind, expected } of texts)
    say(
      `  ${localTime(zoneOf(to), at).padEnd(40)} ${masked(to)}  ${(expected?.context ?? kind).padEnd(24)} for ${when}`,
    )
  say('\nMoved by quiet hours:')
  for (const { phone, context, nominal, due, state } of plan)
    if (nominal.getTime() !== due.getTime() && state !== 'skipped')
      say(
        `  ${localTime(zoneOf(phone), nominal.getTime())} → ${localTime(zoneOf(phone), due.getTime()).slice(0, 16)}  ${masked(phone)}  ${context}`,
      )
  say('\nNot sent, and why:')
  const counts = new Map<string, number>()
  for (const { context, reason } of plan)
    if (reason !== null) counts.set(`${reason} ${context}`, (counts.get(`${reason} ${context}`) ?? 0) + 1)
  for (const [what, count] of [...counts].sort())
    say(`  ${String(count).padStart(4)}  ${what.replace(' ', ': ')}`)
}
