import { createHash, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { mayEnter } from './os-user.js'
import type { OsUser } from './run-binary.js'

/** Everything one embedded cluster keeps on disk. */
export interface ClusterHome {
  directory: string
  data: string
  log: string
  passwordFile: string
  portFile: string
}

/**
 * Where the cluster lives: the wanted directory or, when its owner cannot get there (a checkout below /root), a
 * directory of its own outside that is always the same for the same wanted path, so that a second start finds the data.
 */
export async function openClusterHome(wanted: string, owner: OsUser | undefined): Promise<ClusterHome> {
  fs.mkdirSync(path.dirname(wanted), { recursive: true })
  const reachable = await mayEnter(path.dirname(wanted), owner)
  const key = createHash('sha256').update(path.resolve(wanted)).digest('hex').slice(0, 16)
  const directory = reachable ? wanted : path.join(fallbackRoot(), key)
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 })
  refuseForeignOwner(directory, owner)
  if (owner) fs.chownSync(directory, owner.uid, owner.gid)
  return {
    directory,
    data: path.join(directory, 'data'),
    log: path.join(directory, 'server.log'),
    passwordFile: path.join(directory, 'password'),
    portFile: path.join(directory, 'port'),
  }
}

/** Outside the checkout, and enterable by every user. */
export function fallbackRoot(): string {
  const root = process.platform === 'linux' ? '/var/lib/tollgate' : path.join(os.tmpdir(), 'tollgate')
  fs.mkdirSync(root, { recursive: true, mode: 0o755 })
  return root
}

/** Made once for each cluster and readable only by its owner and root. */
export function clusterPassword(home: ClusterHome, owner: OsUser | undefined): string {
  if (!fs.existsSync(home.passwordFile)) {
    fs.writeFileSync(home.passwordFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 })
    if (owner) fs.chownSync(home.passwordFile, owner.uid, owner.gid)
  }
  return fs.readFileSync(home.passwordFile, 'utf8').trim()
}

export function rememberedPort(home: ClusterHome): number | undefined {
  if (!fs.existsSync(home.portFile)) return undefined
  const port = Number(fs.readFileSync(home.portFile, 'utf8'))
  return Number.isInteger(port) && port > 0 ? port : undefined
}

export function rememberPort(home: ClusterHome, port: number): void {
  fs.writeFileSync(home.portFile, `${port}\n`)
}

/** A cluster that another user made cannot be opened, and the messages of Postgres do not say so clearly. */
function refuseForeignOwner(directory: string, owner: OsUser | undefined): void {
  const mine = owner?.uid ?? process.getuid?.()
  const data = fs.statSync(path.join(directory, 'data'), { throwIfNoEntry: false })
  if (!data || mine === undefined || data.uid === mine) return
  throw new Error(
    `The database in ${directory} belongs to another user (uid ${data.uid}). Run as that user, or move it away.`,
  )
}
