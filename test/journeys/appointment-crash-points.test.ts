import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { runAudit } from '../../src/app/audit/run-audit.js'
import { systemClock } from '../../src/kernel/clock.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { recordFence } from '../../src/slices/accounts/index.js'
import { bookAppointment, contexts } from '../../src/slices/appointments/index.js'
import { aCoach, clients } from '../appointments/appointment-world.js'
import { aSendingAccount } from '../support/builders/messages.js'
import { compileProgram } from '../support/command.js'
import { eventually } from '../support/eventually.js'
import { anInstallation, fencedFor, type Installation } from '../support/installation.js'

// A worker ends itself while it turns notifications into texts, and another one goes on.

const MEMBERS = 12
const TOKEN_TTL_SECONDS = 4

let world: Installation

beforeAll(async () => {
  compileProgram()
  // What a dead worker had claimed is free again when its credential is dead.
  world = await anInstallation({
    behaviour: { callbacks: { enabled: false }, tokenTtlMs: TOKEN_TTL_SECONDS * 1_000 },
    env: {
      ...fencedFor(TOKEN_TTL_SECONDS),
      ...{ CARRIER_TIMEOUT_SECONDS: '2', CLOCK_SKEW_SECONDS: '0.3', LIST_LAG_SECONDS: '1' },
    },
  })
  await recordFence(world.deps, true)
}, 240_000)

afterAll(() => world.stop(), 60_000)

test.each(['appointments.queueDue:written', 'appointments.queueDue:committed', 'messages.claim:committed'])(
  'a worker dies at %s: each member of a group is told once',
  async (point) => {
    const accountId = await aSendingAccount(world.db, 100, { policy: 'P1' })
    const people = await clients(
      world,
      accountId,
      Array.from({ length: MEMBERS }, () => ({})),
    )
    const booked = await bookAppointment({ db: world.db, clock: systemClock, contexts }, aCoach(accountId), {
      kind: 'cohort',
      startsAt: systemClock.now().plus({ days: 10 }).startOf('minute').toJSDate(),
      durationMinutes: 50,
      zone: 'America/New_York',
      clients: people.map(({ contactId }) => ({ contactId })),
    })
    expect(booked.ok).toBe(true)
    const phones = new Set(people.map(({ phone }) => phone))
    const told = (): string[] =>
      world.carrier.control
        .record()
        .map(({ to }) => to)
        .filter((to) => phones.has(to))
    const doomed = await world.startWorker({ CRASH_AT: point })
    expect(await doomed.ended).toBe('SIGKILL')

    const other = await world.startWorker()
    await eventually(
      async () => {
        const [row] = await readQuery<{ open: number }>(
          world.db,
          `/* test */ select (select count(*) from notification where account_id = $1 and state = 'planned' and due_at <= now())
             + (select count(*) from message where account_id = $1 and state in ('pending', 'dispatching', 'unknown')) as open`,
          [accountId],
        )
        return Number(row?.open) === 0
      },
      { timeoutMs: 60_000, intervalMs: 200, what: 'the end of all texts' },
    )
    other.kill('SIGTERM')
    expect(await other.ended).toBe(0)

    expect(told().sort()).toEqual([...phones].sort())
    expect((await runAudit(world.db)).findings.filter(({ breaches }) => breaches > 0)).toEqual([])
  },
  120_000,
)
