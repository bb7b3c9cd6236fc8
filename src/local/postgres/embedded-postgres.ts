import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { findBinaries, type Binaries } from './binaries.js'
import { choosePort } from '../choose-port.js'
import {
  clusterPassword,
  fallbackRoot,
  openClusterHome,
  rememberedPort,
  rememberPort,
  type ClusterHome,
} from './cluster-home.js'
import { clusterOwner } from './os-user.js'
import { runBinary, type OsUser } from './run-binary.js'

export interface EmbeddedPostgresOptions {
  /** Directory that holds the cluster, its log, password and port. */
  directory: string
  /** Made when it is missing. */
  database?: string
  /** Server settings on top of ours, such as { fsync: 'off' } for tests. */
  settings?: Readonly<Record<string, string>>
  /** Called before each step that takes a moment. */
  report?: (line: string) => void
}

export interface EmbeddedPostgres {
  url: string
  port: number
  /** The directory really used; differs from the wanted one when the cluster's owner could not enter that. */
  directory: string
  /** True when a server of an earlier run was still there and was taken over. */
  adopted: boolean
  stop(): Promise<void>
  /** Ends the server as a power cut of its processes would: no checkpoint, no goodbye to whoever is connected. */
  crash(): Promise<void>
  /** Starts it again after that, with its recovery. Returns its port, the same one unless somebody has taken it. */
  restart(): Promise<number>
}

interface Cluster {
  home: ClusterHome
  owner: OsUser | undefined
  binaries: Binaries
  password: string
}

const SUPERUSER = 'postgres'
const START_TIMEOUT_S = 60
const START_TRIES_MAX = 6
const ADOPT_TRIES_MAX = 20
const PAUSE_MS = 500

const ownSettings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

/**
 * Starts the cluster in the directory, making it on first use, or takes over the server that still runs there. The
 * server is detached: it survives a kill -9 of its starter, and the next start adopts it. Throws with the last lines
 * of the server's log when it cannot be had. Never returns somebody else's server: the data directory is compared.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const cluster = await openCluster(options.directory)
  const database = options.database ?? 'tollgate'
  if (!fs.existsSync(path.join(cluster.home.data, 'PG_VERSION'))) {
    options.report?.('Making a new Postgres cluster …')
    await initialise(cluster, options.settings?.['fsync'] === 'off' ? ['--no-sync'] : [])
  }
  const running = await adoptRunning(cluster)
  if (running === undefined) options.report?.('Starting Postgres …')
  const port = running ?? (await startServer(cluster, options.settings ?? {}))
  await ensureDatabase(cluster, port, database)
  return {
    url: urlOf(cluster, port, database),
    port,
    directory: cluster.home.directory,
    adopted: running !== undefined,
    stop: () => stopServer(cluster, ['fast', 'immediate']),
    crash: () => stopServer(cluster, ['immediate']),
    restart: () => startServer(cluster, options.settings ?? {}),
  }
}

/** Stops the cluster's server, if one runs. */
export async function stopEmbeddedPostgres(directory: string): Promise<void> {
  await stopServer(await openCluster(directory), ['fast', 'immediate'])
}

async function openCluster(directory: string): Promise<Cluster> {
  const owner = await clusterOwner()
  const home = await openClusterHome(directory, owner)
  return {
    home,
    owner,
    binaries: await findBinaries(owner, fallbackRoot),
    password: clusterPassword(home, owner),
  }
}

async function initialise(cluster: Cluster, flags: readonly string[]): Promise<void> {
  const { home, owner, binaries } = cluster
  // What an interrupted initialisation left behind: without PG_VERSION there is no data in it.
  fs.rmSync(home.data, { recursive: true, force: true })
  const outcome = await runBinary(
    binaries.initdb,
    [
      ...[
        '-D',
        home.data,
        '-U',
        SUPERUSER,
        '-A',
        'scram-sha-256',
        `--pwfile=${home.passwordFile}`,
        '-E',
        'UTF8',
      ],
      // The built-in locale sorts the same on every system and needs nothing installed.
      ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ...flags,
    ],
    owner,
  )
  if (outcome.code === 0) return
  fs.rmSync(home.data, { recursive: true, force: true })
  throw new Error(`Postgres could not make its data directory in ${home.data}:\n${outcome.output}`)
}

/** The port of the server that already runs on our data directory, proved by asking it. */
async function adoptRunning(cluster: Cluster): Promise<number | undefined> {
  for (let attempt = 0; attempt < ADOPT_TRIES_MAX; attempt += 1) {
    const status = await runBinary(cluster.binaries.pgCtl, ['-D', cluster.home.data, 'status'], cluster.owner)
    if (status.code !== 0) return undefined
    const port = portInPidFile(cluster.home)
    if (port !== undefined && (await isOurs(cluster, port))) return port
    if (removeForeignPidFile(cluster.home)) return undefined
    // It may be starting, or recovering after a crash.
    await pause()
  }
  throw new Error(`A Postgres holds ${cluster.home.data} and does not answer. Its log: ${cluster.home.log}`)
}

async function startServer(cluster: Cluster, settings: Readonly<Record<string, string>>): Promise<number> {
  const { home, owner, binaries } = cluster
  let wanted = rememberedPort(home)
  for (let attempt = 0; attempt < START_TRIES_MAX; attempt += 1) {
    const port = await choosePort(wanted)
    const flags = Object.entries({ ...ownSettings, ...settings, port: String(port) }).map(
      ([key, value]) => `-c ${key}=${value}`,
    )
    const args = [
      '-D',
      home.data,
      '-w',
      '-t',
      String(START_TIMEOUT_S),
      '-l',
      home.log,
      '-o',
      flags.join(' '),
      'start',
    ]
    const outcome = await runBinary(binaries.pgCtl, args, owner)
    if (outcome.code === 0 && (await isOurs(cluster, port))) {
      rememberPort(home, port)
      return port
    }
    // Taken in the meantime, or the killed server's last processes still hold its memory: try again, elsewhere.
    wanted = undefined
    await pause()
  }
  throw new Error(`Postgres did not start. The end of ${home.log}:\n${endOfLog(home)}`)
}

async function stopServer(cluster: Cluster, modes: readonly ('fast' | 'immediate')[]): Promise<void> {
  const { home, owner, binaries } = cluster
  for (const mode of modes) {
    const outcome = await runBinary(
      binaries.pgCtl,
      ['-D', home.data, '-w', '-t', '30', '-m', mode, 'stop'],
      owner,
    )
    if (outcome.code === 0) return
    if ((await runBinary(binaries.pgCtl, ['-D', home.data, 'status'], owner)).code !== 0) return
  }
  throw new Error(`Postgres did not stop. Its log: ${home.log}`)
}

async function isOurs(cluster: Cluster, port: number): Promise<boolean> {
  const client = new pg.Client({
    connectionString: urlOf(cluster, port, 'postgres'),
    connectionTimeoutMillis: 5000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    return (
      rows[0]?.data_directory !== undefined &&
      fs.realpathSync(rows[0].data_directory) === fs.realpathSync(cluster.home.data)
    )
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function ensureDatabase(cluster: Cluster, port: number, database: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(cluster, port, 'postgres') })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(database)}`)
  } finally {
    await client.end()
  }
}

/** postmaster.pid: line 1 the process, line 4 the port. */
function pidFileLines(home: ClusterHome): string[] {
  const file = path.join(home.data, 'postmaster.pid')
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n') : []
}

function portInPidFile(home: ClusterHome): number | undefined {
  const port = Number(pidFileLines(home)[3])
  return Number.isInteger(port) && port > 0 ? port : undefined
}

/**
 * After a power cut the recorded process id can belong to something else, which Postgres takes for a running server.
 * Only where the system can tell us (Linux), and only when that process is certainly no Postgres.
 */
function removeForeignPidFile(home: ClusterHome): boolean {
  const pid = pidFileLines(home)[0]?.trim()
  if (process.platform !== 'linux' || !pid) return false
  const name = `/proc/${pid}/comm`
  if (!fs.existsSync(name) || fs.readFileSync(name, 'utf8').startsWith('postgres')) return false
  fs.rmSync(path.join(home.data, 'postmaster.pid'), { force: true })
  return true
}

function urlOf(cluster: Cluster, port: number, database: string): string {
  return `postgres://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/${database}`
}

function endOfLog(home: ClusterHome): string {
  return fs.existsSync(home.log)
    ? fs.readFileSync(home.log, 'utf8').split('\n').slice(-15).join('\n')
    : '(no log)'
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, PAUSE_MS)
  })
}
