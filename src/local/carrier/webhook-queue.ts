import { createHmac } from 'node:crypto'
import { Agent, type Dispatcher } from 'undici'

export interface WebhookCounters {
  sent: number
  failed: number
  dropped: number
  waiting: number
  inFlight: number
}

interface Webhook {
  url: string
  form: readonly (readonly [string, string])[]
  retriesLeft: number
}

interface QueueLimits {
  inFlightMax: number
  waitingMax: number
  timeoutMs: number
}

/**
 * Posts signed forms, a bounded number at a time. As with the real carrier one more try is made when no connection comes
 * about, and none when the answer is an error. The fragment of an address is neither signed nor sent.
 */
export class WebhookQueue {
  private readonly agent: Agent
  private waiting: Webhook[] = []
  private head = 0
  private inFlight = 0
  private sent = 0
  private failed = 0
  private dropped = 0
  private closed = false

  constructor(
    private readonly authToken: string,
    private limits: QueueLimits,
  ) {
    this.agent = new Agent({ connections: 64, pipelining: 1, keepAliveTimeout: 4_000 })
  }

  configure(limits: QueueLimits): void {
    this.limits = limits
    this.pump()
  }

  /** The form's fields must come sorted by name, as they are signed. */
  push(url: string, form: readonly (readonly [string, string])[]): void {
    if (this.closed || this.waiting.length - this.head >= this.limits.waitingMax) {
      this.dropped += 1
      return
    }
    this.waiting.push({ url: url.split('#', 1)[0] ?? url, form, retriesLeft: 1 })
    this.pump()
  }

  counters(): WebhookCounters {
    const { sent, failed, dropped, inFlight } = this
    return { sent, failed, dropped, waiting: this.waiting.length - this.head, inFlight }
  }

  clear(): void {
    this.waiting = []
    this.head = 0
  }

  async close(): Promise<void> {
    this.closed = true
    this.clear()
    await this.agent.destroy()
  }

  private pump(): void {
    while (!this.closed && this.inFlight < this.limits.inFlightMax && this.head < this.waiting.length) {
      const webhook = this.waiting[this.head]
      this.head += 1
      if (webhook !== undefined) void this.deliver(webhook)
    }
    if (this.head > 1_000 && this.head * 2 > this.waiting.length) {
      this.waiting = this.waiting.slice(this.head)
      this.head = 0
    }
  }

  private async deliver(webhook: Webhook): Promise<void> {
    this.inFlight += 1
    try {
      const ok = await this.post(webhook)
      if (ok) this.sent += 1
      else this.failed += 1
    } catch (error) {
      if (webhook.retriesLeft > 0 && isConnectFailure(error)) {
        this.waiting.push({ ...webhook, retriesLeft: webhook.retriesLeft - 1 })
      } else this.failed += 1
    } finally {
      this.inFlight -= 1
      this.pump()
    }
  }

  private async post({ url, form }: Webhook): Promise<boolean> {
    const { origin, pathname, search } = new URL(url)
    const answer = await this.agent.request({
      origin,
      path: pathname + search,
      method: 'POST',
      headers: [
        ...['content-type', 'application/x-www-form-urlencoded; charset=utf-8'],
        ...['x-twilio-signature', signForm(this.authToken, url, form)],
        ...['user-agent', 'TwilioProxy/1.1'],
      ],
      body: form.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&'),
      headersTimeout: this.limits.timeoutMs,
      bodyTimeout: this.limits.timeoutMs,
    } satisfies Dispatcher.RequestOptions)
    await answer.body.dump()
    return answer.statusCode >= 200 && answer.statusCode < 300
  }
}

/** The carrier's signature: HMAC-SHA1 over the address and each name and value, sorted by name. */
export function signForm(
  authToken: string,
  url: string,
  form: readonly (readonly [string, string])[],
): string {
  let text = url
  for (const [name, value] of form) text += name + value
  return createHmac('sha1', authToken).update(text, 'utf8').digest('base64')
}

function isConnectFailure(error: unknown): boolean {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null
  return code === 'ECONNREFUSED' || code === 'UND_ERR_CONNECT_TIMEOUT'
}
