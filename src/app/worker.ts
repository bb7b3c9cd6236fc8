import { hostname } from 'node:os'
import type { Scheduler } from '../platform/scheduling/index.js'
import { createScheduler } from '../platform/scheduling/index.js'
import { purgeExpired } from '../slices/accounts/index.js'
import { extendSeries, queueDue, rollSeries } from '../slices/appointments/index.js'
import { advanceTopUps, expireOrders, reconcileEvents, reconcileObjects } from '../slices/billing/index.js'
import {
  completeFinished,
  drainCancelled,
  firstTurn,
  prepareAudiences,
  resumePaused,
  runnableLanes,
  startDue,
  type CampaignDeps,
} from '../slices/campaigns/index.js'
import { runDueImports } from '../slices/contacts/index.js'
import {
  findEndedTexts,
  firstEndedPlace,
  giveUpLost,
  sendDueEmails,
  type EndedPlace,
} from '../slices/emails/index.js'
import { purgeDeliveries } from '../slices/endpoints/index.js'
import { expireDueLots } from '../slices/credits/index.js'
import {
  createPostSlots,
  DatabaseWitness,
  createSender,
  createSenderPace,
  rescueAttempts,
  resolveUnknown,
  senderId,
  singleMessageLanes,
  sweepStatuses,
  UNPROVEN_REFUND_MS,
  type Sender,
} from '../slices/messages/index.js'
import type { AppContext } from './app-context.js'
import { watchInvariants } from './audit/watch-invariants.js'
import { followCarrier, type SenderLine } from './follow-carrier.js'
import { hasRightClock, isSendingLocked, lookAtDatabase, startGuarded } from './guard-sender.js'
import { carrierOptOutHooks } from './inbox-hooks.js'
import { defineJobs, type JobUseCases } from './job-registry.js'
import { appointmentDeps, campaignDeps, contactDeps, emailDeps, messageCounters } from './slice-deps.js'
import { prepareAll } from './write-due.js'
import { backoffOf, startBilling, startDeliveries, startWebhooks } from './worker-loops.js'

const SETTLE_DELAY_MS = 20
/** Wake-ups come with every batch of every worker; looking for work more often than this finds nothing new. */
const WAKE_PAUSE_MS = 100
const RESCUE_BATCH = 1000
const LOOK_UP_BATCH = 500
const LOOK_UPS_AT_ONCE = 20
const STATUS_BATCH = 500

export interface Worker {
  readonly scheduler: Scheduler
  /** Claims nothing more, sends and settles what is authorised, ends the jobs at hand. */
  drain(timeoutMs: number): Promise<void>
}

/** The part of the program that sends, applies what the carrier reports, and looks after what is due. */
export async function startWorker(app: AppContext): Promise<Worker> {
  await lookAtDatabase(app)
  const campaigns = campaignDeps(app)
  const appointments = appointmentDeps(app)
  const line = await openLine(app)
  const turn = firstTurn()
  const resume = () => resumePaused(campaigns, { ...carrierNow(app), turn })
  const sender = startSender(app, campaigns, line)
  const webhooks = startWebhooks(app)
  const billing = startBilling(app)
  const deliveries = startDeliveries(app)
  const scheduler = createScheduler({
    mongodbUrl: app.config.mongodbUrl,
    databaseUrl: app.config.databaseUrl,
    log: app.logger,
    clock: app.clock,
    random: app.random,
  })
  const useCases = jobUseCases(app, campaigns, resume, {
    sender: () => {
      sender.wake()
    },
    webhooks: () => {
      webhooks.wake()
    },
    billing: () => {
      billing?.wake()
    },
  })
  defineJobs(scheduler, useCases, { sweepIntervalMs: app.config.protocol.sweepIntervalMs })
  scheduler.start()
  const look = lookOnEvents(app, async () => {
    await lookAtCampaigns(campaigns, resume)
    await queueDue(appointments)
    sender.wake()
    webhooks.wake()
    billing?.wake()
    deliveries.wake()
  })
  const news = followCarrier(app, line, async () => {
    await lookAtCampaigns(campaigns, resume)
    sender.wake()
  })
  const guard = startGuarded(app, sender)
  return {
    scheduler,
    drain: async (timeoutMs) => {
      guard.stop()
      await Promise.all([look.stop(), news.stop()])
      await Promise.all([
        sender.drain(),
        webhooks.drain(),
        billing?.drain(),
        deliveries.drain(),
        scheduler.drain(timeoutMs),
      ])
    },
  }
}

async function openLine(app: AppContext): Promise<SenderLine> {
  const { clock, config, db } = app
  const address = config.carrier.sender
  const sender = { id: await senderId(db, address), address }
  return {
    sender,
    slots: createPostSlots(config.protocol.concurrency, clock),
    pace: createSenderPace({ db, clock }, sender, config.carrier.segmentsPerSecond),
  }
}

function startSender(app: AppContext, campaigns: CampaignDeps, line: SenderLine): Sender {
  const { carrier, clock, config, db, logger, random } = app
  return createSender(
    {
      db,
      clock,
      random,
      carrier,
      slots: line.slots,
      pace: line.pace,
      witness: new DatabaseWitness(),
      backoff: backoffOf(app),
      optOutHooks: carrierOptOutHooks,
      log: logger,
      clockSkewMs: config.protocol.clockSkewMs,
    },
    {
      worker: workerName(),
      sender: line.sender,
      batchSize: config.protocol.batchSize,
      validityMs: config.protocol.validityMs,
      fenced: config.carrier.oauth !== null,
      settleDelayMs: SETTLE_DELAY_MS,
      pollMs: config.protocol.sweepIntervalMs,
      findLanes: async () => [...(await singleMessageLanes(db, clock)), ...(await runnableLanes(campaigns))],
    },
  )
}

/** Unique among processes, since a claim names its worker. */
function workerName(): string {
  return `${hostname()}-${process.pid}`
}

function jobUseCases(
  app: AppContext,
  campaigns: CampaignDeps,
  resume: () => Promise<unknown>,
  wake: { sender: () => void; webhooks: () => void; billing: () => void },
): JobUseCases {
  const { clock, config, db, logger } = app
  const { clockSkewMs, listLagMs, validityMs, sweepIntervalMs } = config.protocol
  const settling = { ...app, backoff: backoffOf(app), optOutHooks: carrierOptOutHooks }
  const appointments = appointmentDeps(app)
  const ended = firstEndedPlace()
  const applying = { ...settling, counters: messageCounters(app), log: logger }
  return {
    'start-due-campaigns': () => startDue(campaigns),
    'prepare-audiences': () => prepareAll(campaigns),
    'resume-funded-campaigns': resume,
    'complete-finished-campaigns': async () => {
      await completeFinished(campaigns)
      await drainCancelled(campaigns)
    },
    'queue-due-notifications': async () => {
      await queueDue(appointments)
      wake.sender()
    },
    'send-emails': (signal) => sendEmails(app, ended, signal),
    'roll-series': () => rollSeries(appointments),
    'extend-series': () => extendSeries(appointments),
    'rescue-attempts': () =>
      rescueAttempts(settling, { clockSkewMs, callTimeoutMs: config.carrier.timeoutMs, limit: RESCUE_BATCH }),
    'resolve-unknown': async () => {
      // After a restore the list has texts of attempts that are lost: what they are is for the reconciliation to say.
      if ((await isSendingLocked(app)) || !(await hasRightClock(app))) return
      await resolveUnknown(settling, {
        clockSkewMs,
        listLagMs,
        validityMs,
        unprovenRefundMs: UNPROVEN_REFUND_MS,
        lookUpIntervalMs: Math.max(sweepIntervalMs, listLagMs / 2),
        limit: LOOK_UP_BATCH,
        concurrency: LOOK_UPS_AT_ONCE,
      })
      wake.sender()
    },
    'apply-webhooks': () => {
      wake.webhooks()
      return Promise.resolve()
    },
    'sweep-statuses': () => sweepStatuses(applying, { limit: STATUS_BATCH, concurrency: LOOK_UPS_AT_ONCE }),
    'sync-billing': () => {
      wake.billing()
      return Promise.resolve()
    },
    'advance-billing': async () => {
      if (app.billing === null) return
      await advanceTopUps(app.billing)
      await expireOrders(app.billing)
    },
    'find-missed-events': async () => {
      if (app.billing !== null) await reconcileEvents(app.billing)
    },
    'reconcile-billing': async (signal) => {
      if (app.billing !== null) await reconcileObjects(app.billing, { signal })
    },
    'watch-database': () => lookAtDatabase(app),
    'watch-invariants': () =>
      watchInvariants(app, { newsEveryMs: sweepIntervalMs, fullEveryMs: config.protocol.auditFullMs }),
    'expire-lots': () => expireDueLots({ db, clock }),
    'run-imports': (signal) =>
      runDueImports({
        ...contactDeps(app),
        shouldStop: () => signal.aborted,
        onError: (error, importId) => {
          logger.error({ importId, err: error }, 'contacts.import.failed')
        },
      }),
    'purge-deliveries': (signal) => purgeDeliveries({ db, clock }, signal),
    'purge-expired': (signal) => purgeExpired({ db, clock }, signal),
  }
}

/** After a restore nobody knows what became of the texts, nor which e-mails went: both wait for the reconciliation. */
async function sendEmails(app: AppContext, place: EndedPlace, signal: AbortSignal): Promise<void> {
  const deps = emailDeps(app)
  if (await isSendingLocked(app)) return
  await giveUpLost(deps, (error) => {
    app.logger.error({ err: error }, 'emails.settle.failed')
  })
  if (deps.mailer === null) return
  await findEndedTexts(deps, place)
  await sendDueEmails(deps, signal)
}

/** What campaigns that wait for the carrier may do now. */
function carrierNow({ carrier, config }: AppContext): { carrierAvailable: boolean; isProbe: boolean } {
  const { sender } = config.carrier
  return {
    carrierAvailable: carrier.callsAllowed(sender) > 0,
    isProbe: carrier.breakerState(sender) !== 'closed',
  }
}

async function lookAtCampaigns(campaigns: CampaignDeps, resume: () => Promise<unknown>): Promise<void> {
  await prepareAudiences(campaigns)
  await resume()
}

/**
 * Looks soon after anything happened to any account, in this process or another one. Looks never overlap, and a burst of
 * events is one look: what is due is in Postgres, the event only says "now".
 */
function lookOnEvents(app: AppContext, look: () => Promise<void>): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> = Promise.resolve()
  let stopped = false
  const unsubscribe = app.events.subscribe(() => {
    if (stopped || timer !== undefined) return
    timer = setTimeout(() => {
      looking = looking
        .then(look)
        .catch((error: unknown) => {
          app.logger.error({ err: error }, 'worker.look.failed')
        })
        .finally(() => {
          timer = undefined
        })
    }, WAKE_PAUSE_MS)
  })
  return {
    stop: async () => {
      stopped = true
      unsubscribe()
      clearTimeout(timer)
      await looking
    },
  }
}
