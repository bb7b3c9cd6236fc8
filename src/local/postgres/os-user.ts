import { runBinary, type OsUser } from './run-binary.js'

const NAME = 'postgres'

/**
 * Postgres refuses to run as root, so root runs it as the system user `postgres`, made on first use.
 * Any other user runs it as himself.
 */
export async function clusterOwner(): Promise<OsUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const known = await lookUp()
  if (known) return known
  const attempts = [
    ['useradd', '--system', '--no-create-home', '--shell', '/bin/sh', '--user-group', NAME],
    ['adduser', '-S', '-D', '-H', '-s', '/bin/sh', NAME],
  ] as const
  const said: string[] = []
  for (const [command, ...args] of attempts) {
    const outcome = await runBinary(command, args)
    const made = await lookUp()
    if (made) return made
    said.push(`${command}: ${outcome.output}`)
  }
  throw new Error(
    `Postgres does not run as root, and the user "${NAME}" could not be made (${said.join('; ')}). ` +
      `Make it, run this as another user, or set DATABASE_URL to a server of yours.`,
  )
}

async function lookUp(): Promise<OsUser | undefined> {
  const uid = await runBinary('id', ['-u', NAME])
  const gid = await runBinary('id', ['-g', NAME])
  if (uid.code !== 0 || gid.code !== 0) return undefined
  return { uid: Number(uid.output), gid: Number(gid.output) }
}

/** Whether this user may enter the directory, which needs every directory above it to let him through. */
export async function mayEnter(directory: string, user: OsUser | undefined): Promise<boolean> {
  return (await runBinary('/bin/sh', ['-c', 'cd "$1"', 'sh', directory], user)).code === 0
}
