import type { ConsumeLog, ConsumeResult } from './consume-inbox.js'

export interface ConsumerLoop {
  /** Something was stored: look now instead of at the next poll. */
  wake(): void
  start(): void
  /** Ends the pass under way, begins no other. */
  drain(): Promise<void>
}

/**
 * Runs passes until one finds less than a full batch, then waits for a wake-up or for the poll, whichever comes first.
 * Wake-ups come only from the same process; another process's events are found by the poll. A pass that throws is
 * logged and repeated at the next poll.
 */
export function createConsumerLoop(
  pass: () => Promise<ConsumeResult>,
  options: { pollMs: number; log: ConsumeLog },
): ConsumerLoop {
  let stopping = false
  let woken = false
  let running: Promise<void> | null = null
  let endWait: (() => void) | null = null

  async function loop(): Promise<void> {
    while (!isStopping()) {
      woken = false
      const more = await runPass()
      if (!more && !isStopping()) await wait()
    }
  }

  async function runPass(): Promise<boolean> {
    try {
      const { read, failed } = await pass()
      return read > failed
    } catch (error) {
      options.log.warn({ err: error }, 'webhooks.pass.failed')
      return false
    }
  }

  function wait(): Promise<void> {
    if (woken) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(end, options.pollMs)
      function end(): void {
        clearTimeout(timer)
        endWait = null
        resolve()
      }
      endWait = end
    })
  }

  function isStopping(): boolean {
    return stopping
  }

  return {
    wake: () => {
      woken = true
      endWait?.()
    },
    start: () => {
      running ??= loop()
    },
    drain: async () => {
      stopping = true
      endWait?.()
      await running
    },
  }
}
