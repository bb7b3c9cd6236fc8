import 'reflect-metadata'
import { userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import { pause } from '../kernel/pause.js'
import { createAppContext, type AppContext } from '../app/app-context.js'
import { hasRightClock } from '../app/guard-sender.js'
import { carrierOptOutHooks } from '../app/inbox-hooks.js'
import { backoffOf } from '../app/worker-loops.js'
import { writeDue } from '../app/write-due.js'
import { loadConfig } from '../config/config.js'
import { readDotEnv } from '../local/environment.js'
import { complain, say } from '../local/print.js'
import { armCrashPoint } from '../platform/faults/crash-point.js'
import { lockSending, sendingLock, watchDatabase } from '../slices/accounts/index.js'
import {
  reconcileRestore,
  rescueAttempts,
  resolveUnknown,
  senderId,
  UNPROVEN_REFUND_MS,
  type ReconcileResult,
  type Reconciliation,
} from '../slices/messages/index.js'

const USAGE = `npm run restore -- [options]    after Postgres was restored, copied back or failed over

  (nothing)                accounts for what the lost database had sent, then lets this one send
  --lock <why>             locks sending by hand, and does nothing else
  --dry-run                lists and matches; waits for nothing, writes nothing
  --since <instant>        lists from here on, when the restore point is known better than this database knows it
  --margin-minutes <n>     lists from so long before the newest text that is known here (60)
  --accept-strays <why>    unlocks although texts at the carrier fit no message here
  --json                   one line for programs`

const { values } = parseArgs({
  options: {
    lock: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    since: { type: 'string' },
    'margin-minutes': { type: 'string', default: '60' },
    'accept-strays': { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const MINUTE_MS = 60_000
const SAY_EVERY_MS = 10_000

/** Exit code 0: nothing is locked any more (or was only looked at); 1: the lock stays, and why is said. */
async function main(): Promise<number> {
  if (values.help) {
    say(USAGE)
    return 0
  }
  readDotEnv()
  const config = loadConfig()
  armCrashPoint(config.crashAt)
  const app = await createAppContext(config)
  try {
    if (values.lock !== undefined) return await lock(app, values.lock)
    await watchDatabase(app)
    return await reconcile(app)
  } finally {
    await app.dispose()
  }
}

async function lock(app: AppContext, why: string): Promise<number> {
  const locked = await lockSending(app, `restore: ${why}`)
  say(locked ? 'Sending is locked.' : 'Sending was locked already; the first reason stays.')
  return 0
}

async function reconcile(app: AppContext): Promise<number> {
  const { config } = app
  const { clockSkewMs, listLagMs } = config.protocol
  const before = await sendingLock(app.db)
  if (before.reason !== null && !values.json)
    say(`Locked: ${before.reason} (since ${before.lockedAt?.toISOString() ?? ''}).`)
  const address = config.carrier.sender
  const result = await reconcileRestore(
    {
      ...app,
      sender: { id: await senderId(app.db, address), address },
      prepare: () => writeDue(app),
      settleOpen: (spokenFor) => settleOpen(app, spokenFor),
      wait: patience,
    },
    {
      callsMs: config.carrier.credentialTtlMs + config.carrier.timeoutMs,
      clockSkewMs,
      listLagMs,
      since: values.since === undefined ? null : instant(values.since),
      marginMs: Number(values['margin-minutes']) * MINUTE_MS,
      dryRun: values['dry-run'],
      acceptStrays: values['accept-strays'] ?? null,
      actor: `command:${userInfo().username}`,
    },
  )
  if (values.json) say(JSON.stringify(result))
  else tell(result)
  return result.ok || result.reason === 'not-locked' ? 0 : 1
}

const OPEN_MAX = 1_000
const LOOK_UPS_AT_ONCE = 20

async function settleOpen(app: AppContext, spokenFor: ReadonlySet<string>): Promise<void> {
  if (!(await hasRightClock(app))) return
  const { carrier, protocol } = app.config
  const settling = { ...app, backoff: backoffOf(app), optOutHooks: carrierOptOutHooks }
  await rescueAttempts(settling, { ...protocol, callTimeoutMs: carrier.timeoutMs, limit: OPEN_MAX })
  await resolveUnknown(settling, {
    ...protocol,
    unprovenRefundMs: UNPROVEN_REFUND_MS,
    lookUpIntervalMs: 0,
    limit: OPEN_MAX,
    concurrency: LOOK_UPS_AT_ONCE,
    spokenFor,
  })
}

function instant(text: string): Date {
  const date = new Date(text)
  if (Number.isNaN(date.getTime())) throw new Error(`--since is no instant: ${text}`)
  return date
}

/** Until every credential of the lost database is dead and the list shows what they sent. */
async function patience(ms: number): Promise<void> {
  for (let leftMs = ms; leftMs > 0; leftMs -= SAY_EVERY_MS) {
    if (!values.json)
      say(`Waiting ${String(Math.ceil(leftMs / 1_000))} s, until no lost call can still arrive …`)
    await pause(Math.min(leftMs, SAY_EVERY_MS))
  }
}

function tell(result: ReconcileResult): void {
  if ('found' in result) table(result.found)
  if (result.ok) {
    say(result.unlocked ? 'All accounted for: sending goes on.' : 'Only looked at; nothing was written.')
    return
  }
  switch (result.reason) {
    case 'not-locked':
      say('Sending is not locked: this is the database that last sent.')
      return
    case 'carrier-unavailable':
      complain(`The carrier did not answer its list (${result.cause}). The lock stays; run this again.`)
      return
    case 'left':
      complain(
        'Some texts cannot be written yet: their numbers have an attempt of unknown outcome. The lock stays; see docs/runbooks/restore.md.',
      )
      return
    case 'strays':
      complain(
        'Texts at the carrier fit no message here. See docs/runbooks/restore.md, then: npm run restore -- --accept-strays "<why>"',
      )
  }
}

function table(found: Reconciliation): void {
  say(`listed since         ${found.since.toISOString()}`)
  say(`listed               ${String(found.listed)}`)
  say(`known                ${String(found.known)}`)
  say(`imported             ${String(found.imported)}`)
  say(`fit no message       ${String(found.strays)}`)
  say(`cannot be written    ${String(found.left)}`)
  say(`credits charged      ${String(found.chargedCredits)}`)
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    complain(error instanceof Error ? error.message : String(error))
    process.exit(2)
  },
)
