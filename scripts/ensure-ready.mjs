// Makes a fresh clone ready to run: dependencies as in package-lock.json and, with --build, compiled code in dist/.
// Plain Node without dependencies, because it runs before there are any. Does nothing when nothing has changed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const modules = path.join(root, 'node_modules')
const installStamp = path.join(modules, '.tollgate-installed')
/** What is built, from what, and how. Each is left alone while nothing of it has changed. */
const builds = [
  {
    say: 'Compiling …',
    stamp: path.join(root, 'dist', '.tollgate-built.json'),
    sources: [
      ...[
        'src',
        'migrations',
        'bench',
        'model',
        'chaos',
        'simulation',
        'payments-storm',
        'appointments-demo',
        'browser',
      ],
      ...['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'],
    ],
    without: path.join('src', 'console'),
    clears: path.join(root, 'dist'),
    command: [path.join('typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json'],
    name: 'the compiler',
  },
  {
    say: 'Building the console …',
    stamp: path.join(root, 'dist', '.console-built.json'),
    sources: [path.join('src', 'console'), 'vite.config.ts', 'package-lock.json'],
    without: null,
    clears: path.join(root, 'dist', 'console'),
    command: [path.join('vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'],
    name: 'the build of the console',
  },
]

requireNode(20, 19)
// In the image there are no sources: it was built once, and the tools that build are not in it.
if (fs.existsSync(path.join(root, 'src'))) {
  ensureInstalled()
  if (process.argv.includes('--build')) builds.forEach(ensureBuilt)
}

function requireNode(majorMin, minorMin) {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > majorMin || (major === majorMin && minor >= minorMin)) return
  fail(
    `Tollgate needs Node.js ${majorMin}.${minorMin} or newer; this is ${process.versions.node}. See https://nodejs.org`,
  )
}

function ensureInstalled() {
  const wanted = createHash('sha256')
    .update(fs.readFileSync(path.join(root, 'package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex')
  if (readText(installStamp) === wanted) return
  if (!installedMatchesLock()) {
    say('Installing dependencies (about a minute the first time) …')
    run(npmCommand(), ['ci', '--include=dev', '--no-audit', '--no-fund'], 'npm ci')
  }
  fs.writeFileSync(installStamp, wanted)
}

/** Somebody may have installed by hand: npm leaves its own record of what is there, so compare that with the lock. */
function installedMatchesLock() {
  const installed = readJson(path.join(modules, '.package-lock.json'))?.packages
  if (!installed) return false
  const locked = readJson(path.join(root, 'package-lock.json')).packages
  for (const [name, entry] of Object.entries(locked)) {
    if (name === '') continue
    const there = installed[name]
    if (there ? there.version !== entry.version : !(entry.optional || entry.devOptional || entry.peer))
      return false
  }
  return Object.keys(installed).every((name) => locked[name])
}

function ensureBuilt(build) {
  const sources = listSources(build)
  const before = readJson(build.stamp)
  if (before && JSON.stringify(before) === JSON.stringify(sources)) return
  say(build.say)
  // Output of a source that is gone must not stay importable.
  if (before && Object.keys(before).some((file) => !sources[file]))
    fs.rmSync(build.clears, { recursive: true, force: true })
  const [tool, ...rest] = build.command
  run([process.execPath, path.join(modules, tool)], rest, build.name)
  fs.mkdirSync(path.dirname(build.stamp), { recursive: true })
  fs.writeFileSync(build.stamp, JSON.stringify(sources))
}

function listSources({ sources, without }) {
  const found = {}
  const visit = (relative) => {
    const entry = fs.statSync(path.join(root, relative), { throwIfNoEntry: false })
    if (!entry || relative === without) return
    if (entry.isDirectory())
      for (const name of fs.readdirSync(path.join(root, relative)).sort()) visit(path.join(relative, name))
    else if (!relative.endsWith('.test.ts')) found[relative] = `${entry.mtimeMs}:${entry.size}`
  }
  sources.forEach(visit)
  return found
}

/** The npm that called us when there is one, so that the same version installs. */
function npmCommand() {
  const cli = process.env.npm_execpath
  if (cli && /npm-cli\.c?js$/.test(cli)) return [process.execPath, cli]
  return ['npm']
}

function run([command, ...first], rest, what) {
  const result = spawnSync(command, [...first, ...rest], { cwd: root, stdio: 'inherit' })
  if (result.error) fail(`Could not run ${what}: ${result.error.message}`)
  if (result.status !== 0) fail(`${what} failed (see above).`)
}

function readText(file) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

function say(line) {
  process.stdout.write(`${line}\n`)
}

function fail(line) {
  process.stderr.write(`\n${line}\n`)
  process.exit(1)
}
