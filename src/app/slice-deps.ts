import { Counter } from 'prom-client'
import { contexts, isStillTrue, type AppointmentDeps } from '../slices/appointments/index.js'
import type { CampaignDeps } from '../slices/campaigns/index.js'
import { explainFailure, measureSegments } from '../slices/carrier/index.js'
import {
  defaultImportLimits,
  type ContactDeps,
  type OnGranted,
  type OnRevoked,
  type RequestOptIn,
  type RevokedConsent,
} from '../slices/contacts/index.js'
import { emailTimeline, type SendEmailDeps } from '../slices/emails/index.js'
import { prepareOptIn, readInboxSettings, withdrawOptIns } from '../slices/inbox/index.js'
import { suppressWaiting, type MessageCounters, type TimelineDeps } from '../slices/messages/index.js'
import type { AppContext } from './app-context.js'
import { emailCounter } from './email-metrics.js'
import { inboxHooks } from './inbox-hooks.js'

/** What the use cases of campaigns need, the carrier's knowledge given to them as functions. */
export function campaignDeps(app: Pick<AppContext, 'db' | 'clock' | 'config'>): CampaignDeps {
  return {
    db: app.db,
    clock: app.clock,
    measureSegments,
    explainFailure,
    sendRatePerSecond: app.config.protocol.forecastPerSecond,
  }
}

/** What the use cases of appointments need: every kind of notification that there is. */
export function appointmentDeps(app: Pick<AppContext, 'db' | 'clock'>): AppointmentDeps {
  return { db: app.db, clock: app.clock, contexts, measureSegments }
}

/** What the timeline of a text shows besides what messages know themselves. */
export function timelineDeps(app: Pick<AppContext, 'db'>): TimelineDeps {
  return { db: app.db, alsoOf: emailTimeline }
}

export function emailDeps(
  app: Pick<AppContext, 'db' | 'clock' | 'config' | 'mailer' | 'metrics'>,
): SendEmailDeps {
  const { db, clock, mailer, config } = app
  return {
    db,
    clock,
    mailer,
    count: emailCounter(app),
    emailFrom: config.email?.from ?? null,
    brandName: async (accountId) => (await readInboxSettings(app, accountId)).brandName,
    stillTrue: isStillTrue,
  }
}

export function contactDeps(app: Pick<AppContext, 'db' | 'clock'>): ContactDeps {
  return {
    db: app.db,
    clock: app.clock,
    limits: defaultImportLimits,
    onRevoked: endWhatWaits,
    onGranted: planAgain,
  }
}

/** What a grant and a revocation through the API do besides, in their own transactions. */
export interface ConsentDeps {
  prepareOptIn: (now: Date) => Promise<RequestOptIn>
  onGranted: OnGranted
  onRevoked: OnRevoked
}

export function consentDeps(app: Pick<AppContext, 'db' | 'clock'>): ConsentDeps {
  return {
    prepareOptIn: (now) => prepareOptIn(app, now),
    onGranted: planAgain,
    onRevoked: endWhatWaits,
  }
}

/** For an agreement recorded by hand and for all of a chunk of a file. */
const planAgain: OnGranted = async (tx, accountId, phones, now) => {
  for (const hook of inboxHooks) await hook.onOptIn?.(tx, accountId, phones, now)
}

/** The same for a revocation by hand and for a thousand of them in a chunk of a file: a few statements for each set of purposes. */
const endWhatWaits: OnRevoked = async (tx, accountId, revoked, at) => {
  for (const { purposes, phones } of byPurposes(revoked)) {
    // The text that asks somebody to opt in is of the purpose `service`.
    await suppressWaiting(tx, accountId, phones, 'consent_revoked', [...purposes, 'service'])
    await withdrawOptIns(tx, accountId, phones, { purposes, at })
    if (!purposes.includes('transactional')) continue
    for (const hook of inboxHooks) await hook.onOptOut(tx, accountId, phones, at)
  }
}

type Purposes = RevokedConsent['purpose'][]

function byPurposes(revoked: readonly RevokedConsent[]): Iterable<{ purposes: Purposes; phones: string[] }> {
  const ofPhone = new Map<string, Purposes>()
  for (const { phone, purpose } of revoked) ofPhone.set(phone, [...(ofPhone.get(phone) ?? []), purpose])
  const groups = new Map<string, { purposes: Purposes; phones: string[] }>()
  for (const [phone, found] of ofPhone) {
    const purposes = found.sort()
    const group = groups.get(purposes.join()) ?? { purposes, phones: [] }
    group.phones.push(phone)
    groups.set(purposes.join(), group)
  }
  return groups.values()
}

const counters = new WeakMap<AppContext['metrics'], MessageCounters>()

/** Bound to the metrics of this context once, since a registry takes each name once. */
export function messageCounters({ metrics }: Pick<AppContext, 'metrics'>): MessageCounters {
  const known = counters.get(metrics)
  if (known !== undefined) return known
  const registers = [metrics.registry]
  const reports = new Counter({
    name: 'tollgate_messages_reports_total',
    help: 'Delivery reports applied, by what they did',
    labelNames: ['outcome'],
    registers,
  })
  const alarms = new Counter({
    name: 'tollgate_messages_alarms_total',
    help: 'Reports that should not exist: late proofs, second ids, ids of another attempt',
    labelNames: ['kind'],
    registers,
  })
  const asked = new Counter({
    name: 'tollgate_messages_status_questions_total',
    help: 'Status questions to the carrier, by age tier and answer',
    labelNames: ['tier', 'answer'],
    registers,
  })
  const made: MessageCounters = {
    report: (outcome, count) => {
      reports.inc({ outcome }, count)
    },
    alarm: (kind, count) => {
      alarms.inc({ kind }, count)
    },
    asked: (tier, answer, count) => {
      asked.inc({ tier, answer }, count)
    },
  }
  counters.set(metrics, made)
  return made
}
