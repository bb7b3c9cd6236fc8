import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'

/** The operating system user that owns a cluster. Undefined means: whoever runs this process. */
export interface OsUser {
  uid: number
  gid: number
}

export interface Outcome {
  /** -1 when the program could not be run at all. */
  code: number
  output: string
}

const OUTPUT_MAX_CHARS = 20_000

/**
 * Runs a program to its end and returns what it said. The environment is a small fixed one: inherited PG* variables
 * (PGPORT, PGOPTIONS, …) would change what Postgres does.
 */
export function runBinary(file: string, args: readonly string[], user?: OsUser): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      ...user,
      // Not the caller's directory: the other user may not be allowed to enter it.
      cwd: user ? '/' : tmpdir(),
      env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-OUTPUT_MAX_CHARS)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => {
      resolve({ code: -1, output: error.message })
    })
    child.on('close', (code) => {
      resolve({ code: code ?? -1, output: output.trim() })
    })
  })
}
