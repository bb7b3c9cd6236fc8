import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { migrateUp } from '../../src/commands/database.js'
import { choosePort } from '../../src/local/choose-port.js'
import { startEmbeddedPostgres } from '../../src/local/postgres/embedded-postgres.js'
import { removeAbandoned, scratchSettings } from '../../src/local/postgres/temporary-postgres.js'
import type { RunningProcess } from '../../src/local/processes/start-process.js'
import { createDataSource, type Db } from '../../src/platform/db/data-source.js'
import { startCarrier, type CarrierProcess } from './carrier-process.js'
import { startProxy, type Proxy } from './proxy.js'
import { becomesReady, keepRunning, launch, type Slot } from './slot.js'
import { fenced, goodDay, hurried } from './timings.js'

/** The lines of one process to the rest of the world, each of which can be cut. */
export interface Wires {
  database: Proxy
  carrier: Proxy
}

/** A process that ends itself at a named place. */
export interface Doomed {
  process: RunningProcess
  url: string
  /** False when it ended before it was ready, which a worker may. */
  ready: Promise<boolean>
}

/** An installation of its own, every part of it a process, and every line between them in our hands. */
export interface Stage {
  readonly home: string
  /** Ours, past everything that is cut. */
  readonly db: Db
  readonly databaseUrl: string
  readonly carrier: CarrierProcess
  /** Where the world reaches the API: whichever processes of it run. */
  readonly address: string
  readonly front: Proxy
  readonly workers: readonly (Slot & { wires: Wires })[]
  readonly apis: readonly (Slot & { wires: Wires })[]
  /** Ends Postgres at once, and brings it back after a while. */
  restartPostgres(downMs: () => Promise<void>): Promise<void>
  startDoomed(role: 'api' | 'worker', crashAt: string): Promise<Doomed>
  /** The installation's processes: the API and the workers. */
  startProgram(): Promise<void>
  /** Other senders than the program, in the places of its workers. Each is told where its lines begin. */
  startSenders(
    script: string,
    args: (place: { databaseUrl: string; carrierUrl: string }) => string[],
  ): Promise<void>
  /** Ends everything. Keeps the data when there is something to look at; returns where. */
  close(options: { keepAs: string | null }): Promise<string | null>
}

const PREFIX = 'tollgate-chaos-'

export async function openStage(seed: number, say: (line: string) => void): Promise<Stage> {
  await removeAbandoned(PREFIX)
  const home = path.join(os.tmpdir(), `${PREFIX}${process.pid}`)
  fs.mkdirSync(home, { recursive: true, mode: 0o755 })
  const postgres = await startEmbeddedPostgres({
    directory: path.join(home, 'postgres'),
    database: 'tollgate',
    settings: scratchSettings,
    report: say,
  })
  let databasePort: number = postgres.port
  const proxies: Proxy[] = []
  const open = async (target: () => number | null): Promise<Proxy> => {
    const proxy = await startProxy(target)
    proxies.push(proxy)
    return proxy
  }
  const urlThrough = (proxy: Proxy): string => postgres.url.replace(`:${postgres.port}/`, `:${proxy.port}/`)
  await migrateUp(postgres.url)
  const databaseUrl = urlThrough(await open(() => databasePort))
  const dataSource = createDataSource({ url: databaseUrl, poolSize: 6, applicationName: 'chaos' })
  await dataSource.initialize()

  const apis: (Slot & { wires: Wires })[] = []
  const workers: (Slot & { wires: Wires })[] = []
  const doomed = new Set<{ process: RunningProcess; port: number; takesCalls: boolean }>()
  let turn = 0
  const front = await open(() => {
    const ports = [
      ...apis.map(({ port }) => port),
      ...[...doomed].filter((one) => one.takesCalls).map(({ port }) => port),
    ]
    turn += 1
    return ports[turn % Math.max(1, ports.length)] ?? null
  })
  const address = `http://127.0.0.1:${front.port}`
  const carrier = await startCarrier({
    home,
    seed,
    behaviour: goodDay,
    inboundUrl: `${address}/webhooks/twilio/inbound`,
  })
  const openWires = async (): Promise<Wires> => ({
    database: await open(() => databasePort),
    carrier: await open(() => carrier.port),
  })
  const environment = (wires: Wires): Record<string, string> => ({
    ...hurried,
    DATABASE_URL: urlThrough(wires.database),
    TWILIO_API_BASE_URL: `http://127.0.0.1:${wires.carrier.port}`,
    PUBLIC_BASE_URL: address,
  })
  const doomedWires = await openWires()
  const slot = async (name: string, env: Record<string, string>): Promise<Slot & { wires: Wires }> => {
    const wires = await openWires()
    const port = await choosePort(undefined)
    const logFile = path.join(home, `${name}.log`)
    return { ...keepRunning({ name, port, logFile, env: { ...environment(wires), ...env } }), wires }
  }

  return {
    home,
    databaseUrl,
    carrier,
    address,
    front,
    workers,
    apis,
    db: { dataSource },
    restartPostgres: async (whileDown) => {
      await postgres.crash()
      await whileDown()
      databasePort = await postgres.restart()
    },
    startProgram: async () => {
      apis.push(await slot('api', { ROLE: 'api' }))
      workers.push(
        await slot('worker-1', { ROLE: 'worker', ...fenced }),
        await slot('worker-2', { ROLE: 'worker', ...fenced }),
        // Without a fence it works under P0, whatever the account would allow.
        await slot('worker-3', { ROLE: 'worker' }),
      )
      for (const { name, port } of [...apis, ...workers]) {
        if (!(await becomesReady(port, null))) throw new Error(`${name} was not ready in time`)
      }
    },
    startSenders: async (script, args) => {
      for (const name of ['sender-1', 'sender-2', 'sender-3']) {
        const wires = await openWires()
        const place = {
          databaseUrl: urlThrough(wires.database),
          carrierUrl: `http://127.0.0.1:${wires.carrier.port}`,
        }
        const logFile = path.join(home, `${name}.log`)
        const sender = keepRunning({ name, script, logFile, port: 0, env: {}, args: args(place) })
        workers.push({ ...sender, wires })
      }
    },
    startDoomed: async (role, crashAt) => {
      const port = await choosePort(undefined)
      const name = `doomed-${role}`
      const env = { ...environment(doomedWires), ...fenced, ROLE: role, CRASH_AT: crashAt }
      const started = launch({ name, port, env, logFile: path.join(home, `${name}.log`) })
      const one = { process: started, port, takesCalls: false }
      doomed.add(one)
      void started.ended.then(() => doomed.delete(one))
      const ready = becomesReady(port, started.ended).then((isReady) => {
        one.takesCalls = isReady && role === 'api'
        return isReady
      })
      return { process: started, ready, url: `http://127.0.0.1:${port}` }
    },
    close: async ({ keepAs }) => {
      for (const { process: running } of doomed) running.kill('SIGKILL')
      await Promise.all([...workers, ...apis].map((one) => one.close()))
      await carrier.close()
      await dataSource.destroy()
      await Promise.all(proxies.map((proxy) => proxy.close()))
      await postgres.stop()
      return putAway(home, postgres.directory, keepAs)
    },
  }
}

function putAway(home: string, cluster: string, keepAs: string | null): string | null {
  if (keepAs !== null) {
    const kept = path.join(os.tmpdir(), keepAs)
    fs.rmSync(kept, { recursive: true, force: true })
    fs.renameSync(home, kept)
    return kept
  }
  fs.rmSync(cluster, { recursive: true, force: true })
  fs.rmSync(home, { recursive: true, force: true })
  return null
}
