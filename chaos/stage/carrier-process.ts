import fs from 'node:fs'
import path from 'node:path'
import { choosePort } from '../../src/local/choose-port.js'
import type { BehaviourPatch } from '../../src/local/carrier/options.js'
import type { RecordLine } from '../../src/local/carrier/control.js'
import { checkoutRoot } from '../../src/local/checkout.js'
import { startProcess } from '../../src/local/processes/start-process.js'
import { until } from './waiting.js'

/** The local carrier as a process of its own, with its own record on disk. */
export interface CarrierProcess {
  readonly port: number
  change(behaviour: BehaviourPatch): Promise<void>
  /** A phone sends a text. */
  text(from: string, to: string, body: string): Promise<void>
  /** Everything that it accepted: what reached phones. */
  record(): Promise<RecordLine[]>
  /** Forgets it all, for the next run on the same stage. */
  reset(): Promise<void>
  close(): Promise<void>
}

const START_TIMEOUT_MS = 60_000
const DRAIN_GRACE_MS = 5_000

export async function startCarrier(options: {
  home: string
  seed: number
  behaviour: BehaviourPatch
  inboundUrl: string
}): Promise<CarrierProcess> {
  const port = await choosePort(undefined)
  const config = path.join(options.home, 'carrier.json')
  fs.writeFileSync(config, JSON.stringify(options.behaviour))
  const running = startProcess({
    name: 'the local carrier',
    script: path.join(checkoutRoot(), 'dist', 'src', 'local', 'carrier', 'main.js'),
    args: [
      ...['--port', String(port), '--seed', String(options.seed), '--config', config],
      ...['--record', path.join(options.home, 'carrier-record.ndjson'), '--inbound-url', options.inboundUrl],
    ],
    logFile: path.join(options.home, 'carrier.log'),
  })
  const base = `http://127.0.0.1:${port}/control`
  const isUp = async (): Promise<boolean> =>
    fetch(`${base}/summary`).then(
      (answer) => answer.ok,
      () => false,
    )
  if (!(await until(isUp, { timeoutMs: START_TIMEOUT_MS, intervalMs: 100 })))
    throw new Error('the local carrier was not ready in time')
  const post = async (method: string, route: string, body: unknown): Promise<void> => {
    const answer = await fetch(base + route, { method, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`the local carrier refused ${route}: ${await answer.text()}`)
  }
  return {
    port,
    change: (behaviour) => post('PATCH', '/config', behaviour),
    text: (from, to, body) => post('POST', '/inbound', { from, to, body }),
    record: async () => {
      const text = await (await fetch(`${base}/record`)).text()
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as RecordLine)
    },
    reset: () => post('POST', '/reset', {}),
    close: () => running.stop(DRAIN_GRACE_MS),
  }
}
