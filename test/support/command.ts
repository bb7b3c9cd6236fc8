import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { eventually } from './eventually.js'

const root = path.resolve(import.meta.dirname, '..', '..')

export interface RunningCommand {
  process: ChildProcess
  /** All that it has said so far, on both streams. */
  output(): string
  /** Waits for these words, and fails with everything said when the command ends without them. */
  says(words: string | RegExp, timeoutMs?: number): Promise<RegExpMatchArray>
  /** Exit code, or the signal that ended it. */
  ended: Promise<number | string>
}

/** Compiles what has changed, so that a test of whole processes never runs yesterday's program. */
export function compileProgram(): void {
  const built = spawnSync(process.execPath, ['scripts/ensure-ready.mjs', '--build'], {
    cwd: root,
    // Jest's own NODE_ENV would put React's larger build for tests into the console.
    env: { ...process.env, NODE_ENV: 'production' },
    encoding: 'utf8',
  })
  if (built.status !== 0) throw new Error(`the program does not compile:\n${built.stdout}${built.stderr}`)
}

/** Starts a compiled command as a person would, with extra environment. */
export function runCommand(
  name: string,
  env: Record<string, string>,
  args: readonly string[] = [],
  /** What it reads from standard input, which ends after it. */
  input?: string,
): RunningCommand {
  const script = path.join('dist', 'src', 'commands', `${name}.js`)
  const child = spawn(process.execPath, ['--enable-source-maps', script, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  })
  child.stdin?.end(input)
  let said = ''
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const ended = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'))
  })
  return {
    process: child,
    output: () => said,
    says: async (words, timeoutMs = 100_000) => {
      const match = await eventually(
        () => said.match(words) ?? (child.exitCode === null && child.signalCode === null ? null : 'ended'),
        { timeoutMs, what: `"${String(words)}" in what ${name} says` },
      ).catch((error: unknown) => {
        throw new Error(`${String(error)}; it said:\n${said}`)
      })
      if (match === 'ended')
        throw new Error(`${name} ended without saying ${String(words)}; it said:\n${said}`)
      return match
    },
    ended,
  }
}

/** Runs a compiled measurement of `bench/` with `--json` to its end: its exit code, and the last line it printed. */
export async function runMeasurement<Report>(
  script: string,
  args: readonly string[],
): Promise<{ code: number | null; report: Report }> {
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', path.join('dist', 'bench', script), '--json', ...args],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, report: JSON.parse(output.trim().split('\n').at(-1) || '{}') as Report }
}
