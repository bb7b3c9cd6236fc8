import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { complain, say } from '../print.js'
import type { BehaviourPatch } from './options.js'
import { startLocalPayments } from './start-local-payments.js'

const flags = {
  port: { type: 'string' },
  host: { type: 'string' },
  seed: { type: 'string' },
  'secret-key': { type: 'string' },
  'webhook-url': { type: 'string' },
  state: { type: 'string' },
  config: { type: 'string' },
} as const

async function main(): Promise<void> {
  const { values } = parseArgs({ options: flags })
  const file =
    values.config === undefined ? {} : (JSON.parse(readFileSync(values.config, 'utf8')) as BehaviourPatch)
  const url = values['webhook-url']
  const behaviour = url === undefined ? file : { ...file, webhooks: { ...file.webhooks, url } }
  const payments = await startLocalPayments({
    behaviour,
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
    ...(values.host === undefined ? {} : { host: values.host }),
    ...(values.seed === undefined ? {} : { seed: Number(values.seed) }),
    ...(values.state === undefined ? {} : { stateFile: values.state }),
    ...(values['secret-key'] === undefined ? {} : { secretKey: values['secret-key'] }),
  })
  say(JSON.stringify({ event: 'local-payments.listening', url: payments.url }))
  process.send?.({ event: 'local-payments.listening', url: payments.url })
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    void payments.stop().then(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.on('disconnect', stop)
}

main().catch((error: unknown) => {
  complain(`The local payments did not start: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
})
