// A server that speaks MongoDB's protocol, for the tests of scheduling: node scripts/ferretdb.mjs <command ...>
// builds it when needed (test/support/ferretdb, kept beside other Go programs), runs the command with TEST_MONGODB_URL,
// stops the server and ends with the command's exit code. Without a command it only builds. Exit code 75: there is no
// Go toolchain, so nothing was run.
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const NOT_HERE = 75
const GO_MINOR_MIN = 24
const START_MS_MAX = 20_000
const source = fileURLToPath(new URL('../test/support/ferretdb/', import.meta.url))

const program = build()
const [command, ...commandArgs] = process.argv.slice(2)
if (command !== undefined) process.exitCode = await runWithServer()

function build() {
  const version = /go1\.(\d+)/.exec(spawnSync('go', ['version'], { encoding: 'utf8' }).stdout ?? '')
  if (version === null || Number(version[1]) < GO_MINOR_MIN) {
    process.stdout.write(
      `There is no Go 1.${GO_MINOR_MIN} or newer here: nothing was run against MongoDB's protocol.\n`,
    )
    process.exit(NOT_HERE)
  }
  const gopath = spawnSync('go', ['env', 'GOPATH'], { encoding: 'utf8' })
    .stdout.trim()
    .split(path.delimiter)[0]
  const release = /FerretDB (v\S+)/.exec(fs.readFileSync(path.join(source, 'go.mod'), 'utf8'))?.[1]
  const target = path.join(gopath, 'bin', `tollgate-ferretdb-${release}`)
  if (fs.existsSync(target)) return target
  process.stdout.write(`Building FerretDB ${release}; the first time this takes some minutes …\n`)
  const flags = ['-trimpath', '-ldflags=-s -w', '-mod=readonly', '-o', `${target}.${process.pid}`, '.']
  const built = spawnSync('go', ['build', ...flags], {
    cwd: source,
    stdio: 'inherit',
    env: { ...process.env, CGO_ENABLED: '0' },
  })
  if (built.status !== 0) process.exit(1)
  // In one step, so that a build that was cut short is never taken for the program.
  fs.renameSync(`${target}.${process.pid}`, target)
  return target
}

async function runWithServer() {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-ferretdb-'))
  const port = await freePort()
  const server = spawn(program, ['-listen', `127.0.0.1:${port}`, '-directory', directory], {
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.kill('SIGKILL'))
  try {
    await answering(port, server)
    const url = `mongodb://127.0.0.1:${port}/`
    process.stdout.write(`FerretDB answers at ${url}\n`)
    const child = spawn(command, commandArgs, {
      stdio: 'inherit',
      env: { ...process.env, TEST_MONGODB_URL: url },
    })
    return await new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (code) => resolve(code ?? 1))
    })
  } finally {
    server.kill('SIGKILL')
    fs.rmSync(directory, { recursive: true, force: true })
  }
}

async function answering(port, server) {
  const giveUpAt = performance.now() + START_MS_MAX
  while (performance.now() < giveUpAt) {
    if (server.exitCode !== null) throw new Error('FerretDB ended while it was starting.')
    if (await canConnect(port)) return
    await new Promise((again) => setTimeout(again, 100))
  }
  throw new Error('FerretDB does not answer.')
}

function canConnect(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
