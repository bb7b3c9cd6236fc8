import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { complain, say } from '../print.js'
import type { BehaviourPatch, LocalCarrierOptions } from './options.js'
import { startLocalCarrier } from './start-local-carrier.js'

const flags = {
  port: { type: 'string' },
  host: { type: 'string' },
  seed: { type: 'string' },
  record: { type: 'string' },
  'record-max': { type: 'string' },
  'forget-bodies': { type: 'boolean' },
  'no-callbacks': { type: 'boolean' },
  'latency-ms': { type: 'string' },
  'inbound-url': { type: 'string' },
  'account-sid': { type: 'string' },
  'auth-token': { type: 'string' },
  'client-id': { type: 'string' },
  'client-secret': { type: 'string' },
  config: { type: 'string' },
} as const

type Values = ReturnType<typeof parseArgs<{ options: typeof flags }>>['values']

/** Flags and a JSON file of behaviour; a flag wins over the file. */
function readOptions(values: Values): LocalCarrierOptions {
  return {
    behaviour: readBehaviour(values),
    keepBodies: values['forget-bodies'] !== true,
    ...given('port', numeric(values.port)),
    ...given('host', values.host),
    ...given('seed', numeric(values.seed)),
    ...given('recordFile', values.record),
    ...given('recordMax', numeric(values['record-max'])),
    ...given('accountSid', values['account-sid']),
    ...given('authToken', values['auth-token']),
    ...given('oauthClients', oauthClients(values['client-id'], values['client-secret'])),
  }
}

function readBehaviour(values: Values): BehaviourPatch {
  const file = values.config === undefined ? {} : (JSON.parse(readFileSync(values.config, 'utf8')) as object)
  return {
    ...file,
    ...given('latencyMs', numeric(values['latency-ms'])),
    ...given('inboundUrl', values['inbound-url']),
    ...(values['no-callbacks'] === true ? { callbacks: { enabled: false } } : {}),
  }
}

function oauthClients(clientId: string | undefined, clientSecret: string | undefined) {
  return clientId === undefined || clientSecret === undefined ? undefined : [{ clientId, clientSecret }]
}

function numeric(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text)
}

/** The property when there is a value for it, else nothing: an absent flag leaves the default alone. */
function given<Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]: Value })
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: flags })
  const carrier = await startLocalCarrier(readOptions(values))
  // Whoever started this process waits for the line, or for the message when there is a channel.
  say(JSON.stringify({ event: 'local-carrier.listening', url: carrier.url, accountSid: carrier.accountSid }))
  process.send?.({ event: 'local-carrier.listening', url: carrier.url })
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    void carrier.stop().then(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.on('disconnect', stop)
}

main().catch((error: unknown) => {
  complain(`The local carrier did not start: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
})
