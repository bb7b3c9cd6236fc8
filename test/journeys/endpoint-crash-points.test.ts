import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Webhook } from 'standardwebhooks'
import { runAudit } from '../../src/app/audit/run-audit.js'
import { newId } from '../../src/kernel/ids.js'
import { inTransaction, readQuery } from '../../src/platform/db/transaction.js'
import { appendEvents } from '../../src/platform/realtime/event-log.js'
import { createEndpoint, createVault } from '../../src/slices/endpoints/index.js'
import { aSendingAccount } from '../support/builders/messages.js'
import { compileProgram } from '../support/command.js'
import { eventually } from '../support/eventually.js'
import { anInstallation, type Installation } from '../support/installation.js'
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js'

// A worker ends itself between the steps of a webhook, and another one goes on.

const EVENTS = 30
const SESSION_SECRET = 'a secret of this installation, long enough'

let world: Installation
let receiver: WebhookReceiver

beforeAll(async () => {
  compileProgram()
  receiver = await startWebhookReceiver()
  world = await anInstallation({ env: { SESSION_SECRET, WEBHOOK_PRIVATE_TARGETS: 'on' } })
}, 240_000)

afterAll(async () => {
  await world.stop()
  await receiver.stop()
}, 60_000)

test.each([
  'endpoints.follow:written',
  'endpoints.follow:committed',
  'endpoints.take:committed',
  'endpoints.post:answered',
  'endpoints.settle:written',
  'endpoints.settle:committed#3',
])(
  'a worker dies at %s: each event is one delivery, and each arrives under one id, with the same bytes',
  async (point) => {
    const accountId = await aSendingAccount(world.db, 10)
    const made = await createEndpoint(
      { ...world.deps, webhookVault: createVault(SESSION_SECRET), webhookTargets: { allowsPrivate: true } },
      accountId,
      {
        url: `${receiver.url}/${newId()}`,
        description: '',
        eventTypes: ['appointment.booked'],
        actor: 'test',
      },
    )
    if (!made.ok) throw new Error(made.reason)
    const { endpointId, secret } = made
    const ids = Array.from({ length: EVENTS }, () => newId())
    await inTransaction(world.db, { name: 'test.events', accountId }, (tx) =>
      appendEvents(
        tx,
        accountId,
        ids.map((appointmentId) => ({
          accountId,
          topic: 'appointments',
          payload: { kind: 'booked', appointmentId, revision: 1 },
        })),
      ),
    )
    receiver.received.length = 0

    const doomed = await world.startWorker({ CRASH_AT: point })
    expect(await doomed.ended).toBe('SIGKILL')
    // Nobody comes back for what the dead one had: its leases end at once instead of after a minute.
    await readQuery(
      world.db,
      `/* test */ update webhook_delivery set lease_until = now() - interval '1 second' where endpoint_id = $1 and state = 'sending'`,
      [endpointId],
    )
    const other = await world.startWorker()
    await eventually(async () => (await openOf(endpointId)) === 0 && (await rowsOf(endpointId)) === EVENTS, {
      timeoutMs: 90_000,
      intervalMs: 200,
      what: 'the end of all deliveries',
    })
    other.kill('SIGTERM')
    expect(await other.ended).toBe(0)

    const told = new Map<string, string>()
    const seen = new Map<string, string>()
    for (const { headers, body } of receiver.received) {
      const { data } = new Webhook(secret).verify(body, headers) as { data: { appointmentId: string } }
      const id = headers['webhook-id'] ?? ''
      expect(told.get(data.appointmentId) ?? id).toBe(id)
      expect(seen.get(id) ?? body).toBe(body)
      told.set(data.appointmentId, id)
      seen.set(id, body)
    }
    expect([...told.keys()].sort()).toEqual([...ids].sort())
    const [row] = await readQuery(
      world.db,
      `/* test */ select count(*)::int as deliveries, count(distinct seq)::int as events,
         count(*) filter (where state = 'delivered')::int as delivered, sum(tries)::int as tries,
         (select count(*)::int from webhook_attempt a join webhook_delivery o on o.id = a.delivery_id where o.endpoint_id = $1) as attempts
       from webhook_delivery where endpoint_id = $1`,
      [endpointId],
    )
    expect(row).toMatchObject({ deliveries: EVENTS, events: EVENTS, delivered: EVENTS })
    expect(row?.['attempts']).toBe(row?.['tries'])
    expect((await runAudit(world.db)).findings.filter(({ breaches }) => breaches > 0)).toEqual([])
  },
  180_000,
)

async function openOf(endpointId: string): Promise<number> {
  const [row] = await readQuery<{ open: number }>(
    world.db,
    `/* test */ select count(*)::int as open from webhook_delivery where endpoint_id = $1 and state <> 'delivered'`,
    [endpointId],
  )
  return row?.open ?? 0
}

async function rowsOf(endpointId: string): Promise<number> {
  const [row] = await readQuery<{ rows: number }>(
    world.db,
    '/* test */ select count(*)::int as rows from webhook_delivery where endpoint_id = $1',
    [endpointId],
  )
  return row?.rows ?? 0
}
