// `npm run dev`: compiles on every change and starts everything again when the compiler is content. Ctrl-C ends both.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc')
let program = null
let turn = Promise.resolve()
let isEnding = false

const compiler = spawn(
  process.execPath,
  [tsc, '-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'],
  {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    // A group of its own: Ctrl-C comes to us, and we end both in order.
    detached: true,
  },
)
compiler.stdout.on('data', (chunk) => {
  process.stdout.write(chunk)
  // One after the other: two starts in one directory would refuse each other.
  if (chunk.includes('Found 0 errors')) turn = turn.then(restart)
})
compiler.on('exit', () => void end())
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end())

async function restart() {
  await stop()
  if (isEnding) return
  program = spawn(process.execPath, ['--enable-source-maps', 'dist/src/commands/start.js'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  })
}

async function stop() {
  const running = program
  program = null
  if (!running || running.exitCode !== null || running.signalCode !== null) return
  await new Promise((ended) => {
    running.once('exit', ended)
    running.kill('SIGINT')
  })
}

async function end() {
  if (isEnding) return
  isEnding = true
  await turn
  await stop()
  compiler.kill()
}
