// Stripe's own stripe-mock knows the published API and refuses parameters that it does not know. This starts it and runs
// the requests of the billing slice against it: node scripts/stripe-mock.mjs. Exit code 75: there is no stripe-mock here
// (go install github.com/stripe/stripe-mock@latest), so nothing was run.
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const NOT_HERE = 75
const START_MS_MAX = 20_000
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

const program = findProgram()
if (program === null) {
  process.stdout.write('There is no stripe-mock here: nothing was run against it.\n')
  process.exit(NOT_HERE)
}
const port = await freePort()
const server = spawn(program, ['-http-addr', `127.0.0.1:${port}`], { stdio: ['ignore', 'ignore', 'inherit'] })
try {
  await answering(port)
  const replayed = spawnSync(
    process.execPath,
    ['--enable-source-maps', 'dist/payments-storm/replay-requests.js', `http://127.0.0.1:${port}`],
    { cwd: root, stdio: 'inherit' },
  )
  process.exitCode = replayed.status ?? 1
} finally {
  server.kill('SIGKILL')
}

function findProgram() {
  const gopath = spawnSync('go', ['env', 'GOPATH'], { encoding: 'utf8' })
    .stdout?.trim()
    .split(path.delimiter)[0]
  const places = [
    ...(process.env.PATH ?? '').split(path.delimiter),
    ...(gopath ? [path.join(gopath, 'bin')] : []),
  ]
  return places.map((place) => path.join(place, 'stripe-mock')).find((file) => fs.existsSync(file)) ?? null
}

async function answering(at) {
  const giveUpAt = performance.now() + START_MS_MAX
  while (performance.now() < giveUpAt) {
    if (server.exitCode !== null) throw new Error('stripe-mock ended while it was starting.')
    if (await canConnect(at)) return
    await new Promise((again) => setTimeout(again, 100))
  }
  throw new Error('stripe-mock does not answer.')
}

function canConnect(at) {
  return new Promise((resolve) => {
    const socket = net.connect(at, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

function freePort() {
  return new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address()
      probe.close(() => resolve(free))
    })
  })
}
