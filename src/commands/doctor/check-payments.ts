import type { AppContext } from '../../app/app-context.js'
import { AppError } from '../../kernel/errors.js'
import { readBillingHealth, STRIPE_API_VERSION, type BillingHealth } from '../../slices/billing/index.js'

/** An event that has waited for longer was not applied by anybody: no worker runs, or it keeps failing. */
const WAITING_MAX_MS = 15 * 60_000

export interface PaymentsCheck {
  healthy: boolean
  lines: string[]
}

type Checked = Pick<AppContext, 'db' | 'clock' | 'billing' | 'config'>

/** Whether the key is good and of which mode, in which version Stripe answers, and how its events and objects stand. */
export async function checkPayments(app: Checked): Promise<PaymentsCheck> {
  const { billing } = app
  if (billing === null)
    return { healthy: true, lines: ['payments   not set up: nothing is sold (STRIPE_SECRET_KEY)'] }
  const key = await checkKey(billing.provider)
  const health = await readBillingHealth(app.db)
  const { lines, healthy } = tellHealth(health, app.clock.now().toMillis())
  const secrets = app.config.billing?.webhookSecrets.length ?? 0
  return {
    healthy: key.healthy && healthy,
    lines: [key.line, `           ${String(secrets)} webhook secret(s) in force`, ...lines],
  }
}

async function checkKey(
  provider: NonNullable<AppContext['billing']>['provider'],
): Promise<{ healthy: boolean; line: string }> {
  const mode = provider.livemode ? 'live' : 'test'
  try {
    const { apiVersion } = await provider.ping()
    const agrees = apiVersion === STRIPE_API_VERSION
    const version = agrees
      ? `version ${STRIPE_API_VERSION}`
      : `version ${apiVersion ?? 'unknown'}, wanted ${STRIPE_API_VERSION}`
    return {
      healthy: agrees,
      line: `payments   Stripe takes the key (${mode} mode) and answers in ${version}`,
    }
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'unknown'
    return { healthy: false, line: `payments   Stripe does not take the key (${mode} mode): ${code}` }
  }
}

function tellHealth({ inbox, ...left }: BillingHealth, nowMs: number): { healthy: boolean; lines: string[] } {
  const oldestMs = inbox.oldestWaitingAt === null ? 0 : nowMs - inbox.oldestWaitingAt.getTime()
  const last = inbox.lastReceivedAt?.toISOString() ?? 'never: is the webhook endpoint set up?'
  return {
    healthy: inbox.quarantined === 0 && oldestMs <= WAITING_MAX_MS && left.openDifferences === 0,
    lines: [
      `           last event ${last}; ${String(inbox.waiting)} waiting, ${String(inbox.quarantined)} set aside`,
      `           ${String(left.objectsWaiting)} objects to fetch, ${String(left.openDifferences)} open differences, ${String(left.openTopUps)} open top-ups, ${String(left.frozenAccounts)} frozen accounts`,
      ...(inbox.quarantined > 0 || left.openDifferences > 0
        ? ['           See docs/runbooks/payments.md.']
        : []),
    ],
  }
}
