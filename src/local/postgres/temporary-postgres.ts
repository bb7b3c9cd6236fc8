import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { startEmbeddedPostgres, stopEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.js'

const PREFIX = 'tollgate-scratch-'

/** Loses data when the machine loses power, which a scratch cluster may; nothing else differs for the program. */
export const scratchSettings = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'on',
  shared_buffers: '64MB',
}

/**
 * A cluster for one run of tests or checks: its directory is removed when it stops. Clusters of earlier runs whose
 * process was killed before it could clean up are removed first.
 */
export async function startTemporaryPostgres(
  database: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<EmbeddedPostgres> {
  await removeAbandoned(PREFIX)
  const directory = path.join(os.tmpdir(), `${PREFIX}${process.pid}`, 'postgres')
  const server = await startEmbeddedPostgres({
    directory,
    database,
    settings: { ...scratchSettings, ...settings },
  })
  const remove = (): void => {
    fs.rmSync(server.directory, { recursive: true, force: true })
    fs.rmSync(path.dirname(directory), { recursive: true, force: true })
  }
  return {
    ...server,
    stop: async () => {
      await server.stop()
      remove()
    },
  }
}

/** Directories `<prefix><process id>` in the system's temporary one, with a cluster in `postgres`, whose process is gone. */
export async function removeAbandoned(prefix: string): Promise<void> {
  for (const name of fs.readdirSync(os.tmpdir())) {
    if (!name.startsWith(prefix) || isAlive(Number(name.slice(prefix.length)))) continue
    const home = path.join(os.tmpdir(), name)
    try {
      await stopEmbeddedPostgres(path.join(home, 'postgres'))
      fs.rmSync(home, { recursive: true, force: true })
    } catch {
      // Another user's, or another run is removing it at this moment: not ours to worry about.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
